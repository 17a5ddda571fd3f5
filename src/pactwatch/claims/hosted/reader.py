"""The hosted reader: passages go to an endpoint that the user named; of what comes back, only exact words pass."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pactwatch.claims.hosted.answers import reply_of, row_of, rows_of
from pactwatch.claims.hosted.connection import Connection
from pactwatch.claims.hosted.failure import Failure, Sort
from pactwatch.claims.hosted.finding import claim_of
from pactwatch.claims.hosted.meter import estimate, meter_of_the_run
from pactwatch.claims.hosted.passages import Passage, halves, passages
from pactwatch.claims.hosted.problems import not_kept, refused, unread
from pactwatch.claims.hosted.prompt import MOST_ANSWER_TOKENS, VERSION, data_of, plainer, question
from pactwatch.claims.hosted.settings import from_environment
from pactwatch.claims.hosted.store import Store
from pactwatch.model import Claim, Document, Made, Mark, Party, Problem, Span, Statement

CERTAINTY = 0.5
"""One number for every claim. What a model says of its own certainty was measured on nothing that we know, and differs
from model to model; half says that a person has to look.
"""

_SETTINGS = re.compile(r"\bmax_tokens\b|\btemperature\b")

NO_MORE = (Sort.UNREACHABLE, Sort.BUDGET)
"""After these the rest of a document is not asked about: only kept answers are used."""


class HostedReader:
    """Reads through an OpenAI-compatible endpoint. Opens connections, so it has to be named for each run."""

    name = "hosted"
    version = VERSION
    connects = True

    def __init__(self, connection: Connection | None = None) -> None:
        if connection is None:
            settings = from_environment()
            connection = Connection(settings, meter_of_the_run(settings.budget))
        self._connection = connection
        self._store = Store(connection.settings.cache)

    def read(
        self, document: Document, statements: Sequence[Statement], marks: Sequence[Mark], register: Sequence[Party]
    ) -> tuple[list[Claim], list[Problem]]:
        """Return the claims of a document in the order of its text, what was refused and what was not read.

        Neither marks nor the register are sent: the endpoint sees the document, who issued it and when.
        """
        run = _Run(self._connection, self._store, document)
        for passage in passages(document, statements):
            run.passage(passage)
        return run.result()


class _Run:
    """One document on its way through the endpoint."""

    def __init__(self, connection: Connection, store: Store, document: Document) -> None:
        self.connection, self.store, self.document = connection, store, document
        self.model = connection.settings.model
        self.made = Made(by=f"hosted:{self.model}", version=VERSION, certainty=CERTAINTY)
        self.claims: dict[str, Claim] = {}
        self.unread: dict[Failure, list[Span]] = {}
        self.reasons: Counter[str] = Counter()
        self.total = 0
        self.stopped: Failure | None = None
        self.not_kept = ""
        self.plainer = False

    def passage(self, passage: Passage) -> None:
        """Read one passage, in smaller ones where its answer was too long."""
        for part, content in self._contents(passage):
            rows = rows_of(content) if isinstance(content, str) else content
            if isinstance(rows, Failure):
                self.unread.setdefault(rows, []).append(part.span)
                continue
            for given in rows:
                self._row(given, part)

    def result(self) -> tuple[list[Claim], list[Problem]]:
        """Return the claims in the order of the text, and the problems."""
        problems = [unread(self.document, spans, failure) for failure, spans in self.unread.items()]
        if self.reasons:
            problems.append(refused(self.document, self.reasons, self.total, self.model))
        if self.not_kept:
            problems.append(not_kept(self.document, self.not_kept))
        return sorted(self.claims.values(), key=lambda claim: claim.trigger.span), problems

    def _row(self, given: object, passage: Passage) -> None:
        self.total += 1
        row = row_of(given)
        made = claim_of(row, self.document, passage, self.made) if row else "a field is missing or of the wrong sort"
        if isinstance(made, str):
            self.reasons[made] += 1
        else:
            self.claims.setdefault(made.id, made)

    def _contents(self, passage: Passage) -> Iterator[tuple[Passage, str | Failure]]:
        asked = question(self.model, data_of(self.document, passage))
        kept = self.store.get(asked)
        if kept is not None and not isinstance(rows_of(kept), Failure):
            yield passage, kept
            return
        content = self._ask(asked)
        if content is not None:
            yield passage, content
            return
        smaller = halves(self.document, passage)
        if len(smaller) == 1:
            yield passage, Failure(Sort.ANSWER, "the answer was cut off, and the passage is short already")
            return
        for part in smaller:
            yield from self._contents(part)

    def _ask(self, asked: bytes) -> str | Failure | None:
        """Return the model's words, why there are none, or None where they were cut off."""
        if self.stopped is not None:
            return self.stopped
        most = estimate(len(asked)) + MOST_ANSWER_TOKENS
        data = self._asked(asked, most)
        if isinstance(data, Failure):
            self.stopped = data if data.sort in NO_MORE else None
            return data
        reply = reply_of(data)
        if isinstance(reply, Failure):
            self.connection.meter.charge(most)
            return reply
        self.connection.meter.charge(reply.tokens or estimate(len(asked) + len(reply.content)))
        if reply.cut_off:
            return None
        content = self.connection.settings.hide(reply.content)
        if not isinstance(rows_of(content), Failure):
            self.not_kept = self.store.put(asked, content) or self.not_kept
        return content

    def _asked(self, asked: bytes, most: int) -> bytes | Failure:
        """Ask, and where the endpoint does not know one of our two settings, ask without them from then on."""
        if not self.plainer:
            data = self.connection.ask(asked, most)
            if not isinstance(data, Failure) or data.sort is not Sort.REQUEST or not _SETTINGS.search(data.what):
                return data
            self.plainer = True
        return self.connection.ask(plainer(asked), most)
