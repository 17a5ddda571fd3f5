"""Saved mail (.eml): the message as one document, each attachment that can be read as a further one."""

import email
import email.policy
import email.utils
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import EmailMessage
from typing import cast

from pactwatch.model import Problem, Severity
from pactwatch.sources.document import content_id
from pactwatch.sources.encoding import decode
from pactwatch.sources.part import Parsed, Part, plain_line_ends, unreadable

_MEDIA_TYPE = "message/rfc822"
_KEPT = {"from": "sender", "to": "recipient", "reply-to": "reply_to", "message-id": "message_id", "date": "date_header"}
_DEPTH_LIMIT = 5  # mails inside mails; more is a loop or a trap

ParseFile = Callable[[bytes, str, str, int], Parsed]
"""Reads an attachment: its bytes, where it stands, its file name, how deep it is nested."""


def parse(data: bytes, where: str, parse_file: ParseFile, depth: int = 0) -> Parsed:
    """Return the message's text, plain preferred, and its attachments' texts.

    The sender is kept as metadata only: who mails a statement is not always who issues it.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not message.keys():
        return unreadable(_MEDIA_TYPE, "damaged", where, "this is no mail: it has no headers", "Give it as .txt.")
    body, problems = _body(message, where, parse_file, depth)
    attachments = list(_attachments(message, where, parse_file, depth))
    parts = [] if body is None else [_with_headers(body, message)]
    origin = content_id(parts[0].text) if parts else _header(message, "message-id")
    for name, parsed in attachments:
        parts.extend(_attached(part, name, origin) for part in parsed.parts)
        problems.extend(parsed.problems)
    if not parts:
        what = "this mail has no text and no attachment that can be read"
        problems.append(Problem(code="no-text", where=where, what=what, severity=Severity.ERROR))
    return Parsed(media_type=_MEDIA_TYPE, parts=tuple(parts), problems=tuple(problems))


def _body(message: EmailMessage, where: str, parse_file: ParseFile, depth: int) -> tuple[Part | None, list[Problem]]:
    try:
        found = message.get_body(preferencelist=("plain", "html"))
    except Exception:  # the standard library raises many things on broken MIME
        found = None
    if found is None:
        return None, []
    data = _bytes_of(cast(EmailMessage, found))
    if not data.strip():
        return None, []
    if found.get_content_type() == "text/html":
        parsed = parse_file(data, where, "body.html", depth)
        return (parsed.parts[0] if parsed.parts else None), list(parsed.problems)
    text, problems = decode(data, where, found.get_content_charset())
    return (None if text is None else Part(text=plain_line_ends(text))), problems


def _attachments(message: EmailMessage, where: str, parse_file: ParseFile, depth: int) -> Iterator[tuple[str, Parsed]]:
    for number, part in enumerate(_attached_items(message), start=1):
        name = part.get_filename() or f"attachment {number}"
        place = f"{where}!{name}"
        if depth >= _DEPTH_LIMIT:
            advice = "Save the inner mail as a file of its own and give that."
            yield name, unreadable(_MEDIA_TYPE, "too-deep", place, "mails are nested too deeply here", advice)
        elif part.get_content_type() == "message/rfc822":
            inner = cast("list[EmailMessage]", part.get_payload())
            yield name, parse(inner[0].as_bytes(), place, parse_file, depth + 1)
        else:
            yield name, parse_file(_bytes_of(part), place, _file_name(part, name), depth + 1)


def _attached_items(message: EmailMessage) -> list[EmailMessage]:
    try:
        return list(message.iter_attachments())
    except Exception:  # see `_body`
        return []


def _bytes_of(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _file_name(part: EmailMessage, name: str) -> str:
    """A name from which the format can be told, also where the mail names none."""
    return (
        name + {"text/html": ".html", "text/plain": ".txt"}.get(part.get_content_type(), "")
        if "." not in name
        else name
    )


def _with_headers(body: Part, message: EmailMessage) -> Part:
    date = _sent(message)
    kept = dict(body.metadata)
    kept |= {name: value for header, name in _KEPT.items() if (value := _header(message, header))}
    return replace(
        body,
        title=_header(message, "subject") or body.title,
        published=date or body.published,
        published_from="mail Date" if date else body.published_from,
        metadata=tuple(sorted(kept.items())),
    )


def _attached(part: Part, name: str, origin: str) -> Part:
    kept = {"attachment": name, "attachment_of": origin} | dict(part.metadata)
    return replace(part, metadata=tuple(sorted(kept.items())))


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except Exception:  # malformed headers raise on access
        return ""


def _sent(message: EmailMessage) -> str | None:
    """The day of the Date header, in the sender's own time zone."""
    try:
        return email.utils.parsedate_to_datetime(_header(message, "date")).date().isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
