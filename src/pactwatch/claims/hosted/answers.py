"""From the bytes of a reply to rows: what has the shape that was asked for, and what has not."""

from dataclasses import dataclass
from typing import Any

import msgspec

from pactwatch.claims.hosted.failure import Failure, Sort

CUT_OFF = "length"


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    usage: Any = None


class CountRow(msgspec.Struct):
    """One number of people as an answer gives it."""

    of: str
    words: str


class Row(msgspec.Struct):
    """One claim as an answer gives it: words that still have to be found, names that still have to be ours."""

    kind: str
    act: str
    quote: str
    trigger: str
    nth: int = 0
    speaker: str | None = None
    agent: list[str] | None = None
    target: list[str] | None = None
    places: list[str] | None = None
    time: str | None = None
    counts: list[CountRow] | None = None
    negated: bool = False
    condition: str | None = None


class _Answer(msgspec.Struct):
    claims: list[Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the model's words, how many tokens the endpoint counted (None where it says nothing usable)."""

    content: str
    tokens: int | None
    cut_off: bool


def reply_of(data: bytes) -> Reply | Failure:
    """Return the model's words in a reply of the endpoint."""
    try:
        completion = msgspec.json.decode(data, type=_Completion)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return Failure(Sort.ANSWER, "the endpoint's reply is not the JSON of a chat completion")
    if not completion.choices:
        return Failure(Sort.ANSWER, "the endpoint's reply holds no answer")
    choice = completion.choices[0]
    usage = completion.usage.get("total_tokens") if isinstance(completion.usage, dict) else None
    tokens = usage if type(usage) is int and usage > 0 else None
    return Reply(choice.message.content or "", tokens, choice.finish_reason == CUT_OFF)


def rows_of(content: str) -> list[Any] | Failure:
    """Return the claims of an answer, each still to be looked at; a fence of Markdown around it does no harm."""
    inner = content.strip()
    if inner.startswith("```"):
        inner = inner.removeprefix("```").removeprefix("json").removesuffix("```")
    if not inner:
        return Failure(Sort.ANSWER, "the model answered nothing, or declined to")
    try:
        return msgspec.json.decode(inner, type=_Answer).claims
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return Failure(Sort.ANSWER, "the model's answer is not the JSON that was asked for")


def row_of(given: Any) -> Row | None:
    """Return one claim of an answer, or None where it has another shape."""
    try:
        return msgspec.convert(given, Row)
    except (msgspec.MsgspecError, RecursionError):
        return None
