"""Read one text from Python and print who says what. Run: python examples/read_one_text.py"""

import tempfile
from pathlib import Path

from pactwatch.case import Case, Details, Options

TEXT = "On 9 May 2031 units of the Seln Defence Army shelled Karsa, killing two civilians. We did not open fire.\n"


def main() -> None:
    """Read the text against the invented agreement and print each claim with its exact words."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bulletin.txt"
        path.write_text(TEXT, encoding="utf-8")
        case = Case.transient(Options(agreements=("harrow-bridge-2031",)))
        for reading in case.read([str(path)], Details(issuer="Varanan Armed Forces", published="2031-05-12")):
            for row in case.claim_rows(reading):
                print(f"{row.says}: {row.words} ({row.kind}, {row.act})")


if __name__ == "__main__":
    main()
