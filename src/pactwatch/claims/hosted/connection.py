"""One question to the endpoint: tries, waits, and what each status means. The only file that opens a connection."""

import http.client
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError, URLError

from pactwatch import __version__
from pactwatch.claims.hosted.failure import Failure, Sort
from pactwatch.claims.hosted.meter import Meter
from pactwatch.claims.hosted.settings import Settings
from pactwatch.errors import InputError

TRIES = 4
LONGEST_WAIT_S = 60
LONGEST_REPLY_BYTES = 4_000_000
SHOWN_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    data: bytes
    wait: str = ""


@dataclass(frozen=True, slots=True)
class _Broken:
    """No reply came; `sent` is True where the endpoint may have worked, and charged, all the same."""

    what: str
    sent: bool


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the key and the text to another host; it is told to the user instead."""

    def redirect_request(self, *given: Any, **named: Any) -> None:
        return None


class Connection:
    """Asks one endpoint. `sleep` waits between tries."""

    def __init__(self, settings: Settings, meter: Meter, sleep: Callable[[float], None] = time.sleep) -> None:
        self.settings, self.meter, self._sleep = settings, meter, sleep
        proxies = [urllib.request.ProxyHandler({})] if settings.is_local else []
        self._opener = urllib.request.build_opener(_NoRedirect, *proxies)

    def ask(self, body: bytes, most_tokens: int) -> bytes | Failure:
        """Return what the endpoint answers to a question that uses at most so many tokens, or why there is no answer.

        Too many requests, errors of the server, timeouts and broken connections are tried again. An `InputError` stops
        the run where no question could succeed: a refused key, a wrong address or model, a redirect.
        """
        last = ""
        wait = ""
        for attempt in range(TRIES):
            if not self.meter.fits(most_tokens):
                return Failure(Sort.BUDGET, self._spent())
            if attempt:
                self._sleep(_seconds(wait, attempt))
            reply = self._post(body)
            wait = ""
            if isinstance(reply, _Broken):
                self.meter.charge(most_tokens if reply.sent else 0)
                last = reply.what
            elif reply.status == 429 or reply.status >= 500 or reply.status == 408:
                last, wait = f"status {reply.status}{self._said(reply)}", reply.wait
            else:
                return self._final(reply)
        return Failure(Sort.UNREACHABLE, f"{self.settings.shown} gave no answer in {TRIES} tries: {last}")

    def _post(self, body: bytes) -> _Reply | _Broken:
        headers = {"Content-Type": "application/json", "User-Agent": f"pactwatch/{__version__}"}
        if self.settings.key:
            headers["Authorization"] = f"Bearer {self.settings.key}"
        request = urllib.request.Request(self.settings.address, data=body, headers=headers, method="POST")
        try:
            with self._opener.open(request, timeout=self.settings.timeout_s) as response:
                return _Reply(response.status, response.read(LONGEST_REPLY_BYTES + 1))
        except HTTPError as error:
            return _Reply(error.code, _rest(error), error.headers.get("Retry-After", ""))
        except URLError as error:  # nothing was asked yet
            return _Broken(self.shown(str(error.reason)), sent=False)
        except (OSError, http.client.HTTPException) as error:
            return _Broken(self.shown(f"{type(error).__name__} {error}"), sent=True)
        except UnicodeError:
            return _Broken("the host is no host's name", sent=False)

    def _final(self, reply: _Reply) -> bytes | Failure:
        """What a reply means that another try would not change."""
        where, said = self.settings.shown, self._said(reply)
        if 200 <= reply.status < 300:
            if len(reply.data) > LONGEST_REPLY_BYTES:
                return Failure(Sort.ANSWER, f"the answer is longer than {LONGEST_REPLY_BYTES:,} bytes")
            return reply.data
        if reply.status == 401:
            raise InputError(f"{where} refused the key, or wants one (status 401): see PACTWATCH_HOSTED_KEY")
        if reply.status == 404:
            raise InputError(
                f"{where} knows no such address or model (status 404{said}): see PACTWATCH_HOSTED_URL and "
                "PACTWATCH_HOSTED_MODEL"
            )
        if reply.status < 400:
            raise InputError(
                f"{where} points to another address (status {reply.status}): name it in PACTWATCH_HOSTED_URL"
            )
        return Failure(Sort.REQUEST, f"{where} refused the request with status {reply.status}{said}")

    def _spent(self) -> str:
        used, budget = self.meter.used, self.meter.budget
        return f"{used:,} of {budget:,} tokens are used, and the next question may need more than the rest"

    def _said(self, reply: _Reply) -> str:
        words = self.shown(reply.data[:10_000].decode("utf-8", "replace"))
        return f": {words}" if words else ""

    def shown(self, words: str) -> str:
        """Return an endpoint's words as they may be printed: one short line, printable, without the key."""
        line = " ".join("".join(c if c.isprintable() else " " for c in self.settings.hide(words)).split())
        return line if len(line) <= SHOWN_CHARACTERS else line[:SHOWN_CHARACTERS] + "…"


def _rest(error: HTTPError) -> bytes:
    try:
        return error.read(LONGEST_REPLY_BYTES)
    except (OSError, http.client.HTTPException):
        return b""
    finally:
        error.close()


def _seconds(wait: str, attempt: int) -> float:
    """How long to wait: what the endpoint asks for in whole seconds, within reason, else 1, 2, 4 …"""
    if wait.isascii() and wait.isdigit():
        return min(int(wait[:6]), LONGEST_WAIT_S)
    return float(2 ** (attempt - 1))
