"""Whether the words around a time speak of what was or of what is to come. A weak sign, used only to choose a year."""

from pactwatch.resolve.times.lexer import PARAGRAPH, Tokens
from pactwatch.resolve.times.lexicon import neighbours

_FUTURE, _PAST = neighbours()["future"], neighbours()["past"]


_TO_COME = frozenset({"by", "until", "till", "from", "before"})
_BOUNDS = {("than", "later"), ("to", "up")}
_REACH_TOKENS = 30
_STOPS = frozenset({".", "!", "?", ";", ":"})


def direction(tokens: Tokens, first: int, last: int) -> str:
    """Return `past`, `future` or, where no verb tells, an empty string, for the expression at tokens [first, last].

    `bound` is for what stands after until, by and their kin.
    """
    before = tokens.lower(first - 1)
    if before in ("until", "till", "by", "before") or (before, tokens.lower(first - 2)) in _BOUNDS:
        return "" if before == "for" else "bound"  # it may lie on either side of the day of writing
    if before == "since":
        return "past"
    return _sign(tokens, first, last)


def _sign(tokens: Tokens, first: int, last: int) -> str:
    backwards = _scan(tokens, range(first - 1, max(first - _REACH_TOKENS, 0) - 1, -1))
    return backwards or _scan(tokens, range(last + 1, min(last + _REACH_TOKENS, len(tokens.spans))))


def _scan(tokens: Tokens, places: range) -> str:
    """The first verb that tells, going away from the expression, inside its sentence."""
    for at in places:
        if tokens.letters[at] == PARAGRAPH:
            return ""
        word = tokens.lower(at)
        if word in _STOPS and not _abbreviates(tokens, at):
            return ""
        if word in _FUTURE and not (word == "may" and tokens.words(at) != "may"):
            return "future"
        if word in ("is", "are") and tokens.lower(at + 1) == "to":
            return "future"
        if word in _PAST or (word.endswith("ed") and len(word) > 4):
            return _perfect(tokens, at)
    return ""


def _perfect(tokens: Tokens, at: int) -> str:
    """ "Will be released": the participle is of the future where a modal stands before it."""
    around = {tokens.lower(at - step) for step in (1, 2, 3)}
    if around & {"will", "shall", "must", "should", "ll"}:
        return "future"
    if "be" in around and "to" in around:
        return "future"
    return "past"


def _abbreviates(tokens: Tokens, at: int) -> bool:
    return tokens.words(at) == "." and len(tokens.lower(at - 1)) <= 3 and tokens.words(at - 1)[:1].isupper()
