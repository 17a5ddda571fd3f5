"""Everything that Pactwatch raises on purpose.

    PactwatchError
    ├── InputError            a file, name or option that the user gave cannot be used
    │   ├── UnreadableFile        the bytes cannot be read as any known format
    │   ├── HandwrittenFileError  a TOML file that a person writes has a mistake: file, line, field, nearest valid name
    │   └── UnknownName           no agreement, reader, engine or case goes by that name
    ├── QuoteRefused          a claim's words do not stand in its document (law 2)
    ├── CaseError             a case folder is missing, locked, of a newer version or damaged
    │   └── TamperedLedger        the hash chain is broken: where, and how
    └── MissingPart           an optional part is not installed: what to install

One odd piece of material is no exception but a `Problem`; the run goes on.
"""


class PactwatchError(Exception):
    """The root: the command line prints its text and exits with `exit_status`."""

    exit_status = 1


class InputError(PactwatchError):
    """Something that the user gave cannot be used; the text says what to do."""

    exit_status = 2


class UnreadableFile(InputError):
    """The bytes cannot be read as any known format."""


class HandwrittenFileError(InputError):
    """A mistake in a file that a person writes. Attributes name `file`, `line` (1-based or None) and `field`."""

    def __init__(self, file: str, what: str, *, line: int | None = None, field: str | None = None) -> None:
        self.file, self.what, self.line, self.field = file, what, line, field
        place = file + (f":{line}" if line is not None else "")
        super().__init__(f"{place}: {f'[{field}] ' if field else ''}{what}")


class UnknownName(InputError):
    """No agreement, reader, engine, gazetteer or case goes by that name; the text lists the nearest."""


class QuoteRefused(PactwatchError):
    """A claim's words do not stand in its document, letter for letter."""


class CaseError(PactwatchError):
    """A case folder is missing, locked, written by a newer version, or damaged."""


class TamperedLedger(CaseError):
    """The ledger's hash chain is broken; the text names the row."""


class MissingPart(PactwatchError):
    """An optional part is not installed; the text names the extra to install."""
