"""Clauses: what is claimed that touches each, with the four answers, their reasons and the words of both texts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pactwatch.model import Agreement, Checked, ClauseRole
from pactwatch.views.beside import AnswerLine, ClauseLine
from pactwatch.views.findings import Finding, findings, is_rejected
from pactwatch.views.summary import CAUTION, Line
from pactwatch.views.wording import agreement_name, counted, joined, quoted

TOUCHED = frozenset({ClauseRole.OBLIGATION, ClauseRole.EXCEPTION})
"""Roles of clauses that are worth naming where no claim touches them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touching:
    """A claim that touches a clause: who says what, and whether the clause applies *if the claim is true*."""

    claim_id: str
    number: str
    says: str
    versioned: str
    summary: str
    answers: tuple[AnswerLine, ...]
    deadline: str
    certainty: float
    review: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClausePage:
    """A clause with the claims that touch it, in the order of the documents; rejected ones stand last."""

    agreement: str
    clause: str
    title: str
    paraphrase: str
    text: str
    role: str
    touching: tuple[Touching, ...]


def clause_pages(checked: Checked, *, clause: str | None = None) -> tuple[ClausePage, ...]:
    """Return the clauses that claims touch, in the order of the agreement files; one alone where it is named."""
    touching: dict[tuple[str, str], list[tuple[Finding, ClauseLine]]] = {}
    for finding in findings(checked):
        for line in finding.clauses:
            touching.setdefault((line.agreement, line.clause), []).append((finding, line))
    return tuple(
        page
        for agreement in checked.agreements
        for page in _pages(agreement, touching)
        if clause in (None, page.clause)
    )


def _pages(agreement: Agreement, touching: dict[tuple[str, str], list[tuple[Finding, ClauseLine]]]) -> list[ClausePage]:
    name = agreement_name(agreement)
    pages = []
    for clause_id in dict.fromkeys(one.id for one in agreement.clauses):
        found = sorted(touching.get((name, clause_id), []), key=lambda pair: is_rejected(pair[0]))
        if not found:
            continue
        newest = agreement.versions(clause_id)[-1]
        pages.append(
            ClausePage(
                agreement=name,
                clause=clause_id,
                title=newest.title,
                paraphrase=newest.paraphrase,
                text=newest.text,
                role=found[0][1].role,
                touching=tuple(_touching(finding, line) for finding, line in found),
            )
        )
    return pages


def _touching(finding: Finding, line: ClauseLine) -> Touching:
    return Touching(
        claim_id=finding.claim_id,
        number=finding.number,
        says=finding.says,
        versioned=line.versioned,
        summary=line.summary,
        answers=line.answers,
        deadline=line.deadline,
        certainty=line.certainty,
        review=finding.review.state,
    )


def untouched(checked: Checked) -> tuple[str, ...]:
    """Return the ids of duties, prohibitions and exceptions that no claim touches."""
    touched = {link.clause_id for link in checked.clause_links}
    ids = (one.id for agreement in checked.agreements for one in agreement.clauses if one.role in TOUCHED)
    return tuple(one for one in dict.fromkeys(ids) if one not in touched)


def clause_page_lines(pages: Sequence[ClausePage], left: Sequence[str] = ()) -> tuple[Line, ...]:
    """Return clauses for the terminal; `left` are those that no claim touches."""
    lines = [Line(text=CAUTION, quiet=True), Line(text="The answers are given as if each claim were true.", quiet=True)]
    for page in pages:
        lines.append(Line(text=f"{page.clause}  {page.title}".rstrip(), strong=True))
        wording = page.text or page.paraphrase
        lines.append(Line(text=wording, depth=1, quiet=True))
        sums = Counter(one.summary for one in page.touching)
        said = joined([f"{word} ({n})" for word, n in sums.most_common()])
        lines.append(Line(text=f"{counted(len(page.touching), 'claim')}: {said}", depth=1))
        for one in page.touching:
            rejected = " – rejected by a person" if one.review == "rejected" else ""
            lines.append(Line(text=f"{one.number}  {one.says}{rejected}", depth=1))
            lines += answer_lines(one, 2, shown=wording)
    if left:
        lines.append(Line(text=f"No claim touches {counted(len(left), 'other clause')}: {', '.join(left)}", quiet=True))
    return tuple(lines)


def answer_lines(one: Touching | ClauseLine, depth: int, *, shown: str = "") -> list[Line]:
    """Return the summary and the four answers with reasons and the words of both texts.

    The clause's words are not printed again where they are those that are `shown` above.
    """
    due = f"; due {one.deadline}" if one.deadline else ""
    lines = [Line(text=f"{one.versioned} {one.summary}{due}", depth=depth)]
    for answer in one.answers:
        words = [quoted(answer.claim_words)] if answer.claim_words else []
        words += [f"clause: {quoted(answer.clause_words)}"] if answer.clause_words not in ("", shown) else []
        text = f"{answer.mark} {answer.question} {answer.word}: {answer.reason}"
        lines.append(Line(text=" – ".join([text, *words]), depth=depth + 1, quiet=True))
    return lines
