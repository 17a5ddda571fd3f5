"""Make `src/pactwatch/data/gazetteer/also_words.txt` again: place names that are also English words.

usage: make_also_words.py FOLDER (Debian's package `scowl`, unpacked: its folder usr/share/dict/scowl)

Words up to size 50 ("found in most dictionaries"). Countries and towns of a million people are left out: written with a
capital they are hardly ever the word.
"""

import sys
from pathlib import Path

from pactwatch.resolve.places.gazetteer import WorldGazetteer

OUT = Path(__file__).resolve().parents[1] / "src/pactwatch/data/gazetteer/also_words.txt"
SIZES = ("10", "20", "35", "40", "50")
BIG_PEOPLE = 1_000_000


def main() -> None:
    """Write the words, one a line, under a line of source and licence."""
    folder, gazetteer = Path(sys.argv[1]), WorldGazetteer()
    words = set()
    for size in SIZES:
        for variety in ("english", "american", "british"):
            path = folder / f"{variety}-words.{size}"
            if path.is_file():
                words.update(path.read_text(encoding="latin-1").split())
    kept = []
    for word in sorted(w for w in words if w.isascii() and w.isalpha() and w.islower()):
        places = gazetteer.spelled(word)
        if places and not any(p.where_prec == 6 or p.population >= BIG_PEOPLE for p in places):
            kept.append(word)
    header = (
        "#Words-of-SCOWL-(Copyright-2000-2011-Kevin-Atkinson,-permissive,-notice-in-README.md)-that-are-place-names"
    )
    OUT.write_text("\n".join([header, *kept]) + "\n", encoding="utf-8")
    print(len(kept), "words")


if __name__ == "__main__":
    main()
