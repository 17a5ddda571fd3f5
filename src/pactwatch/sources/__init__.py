"""The first room: files and batches become documents, with the bytes kept as they came.

`read` and `read_bytes` take one file, `read_batch` and `read_dated_batch` stream a JSONL file line by line, `expand`
turns what a user names into a list of files. What is kept of each format, and the limits, are in
`docs/reference/sources.md`.
"""

from pactwatch.sources.files import expand
from pactwatch.sources.intake import read, read_bytes
from pactwatch.sources.lines import read_batch, read_dated_batch

__all__ = ["expand", "read", "read_batch", "read_bytes", "read_dated_batch"]
