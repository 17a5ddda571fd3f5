"""The command line: parse, one `Case` method, render. Results go to standard output, progress and problems to standard error."""

import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from pactwatch import __version__
from pactwatch.errors import InputError, PactwatchError
from pactwatch.model import IssuerType, Problem, Verdict
