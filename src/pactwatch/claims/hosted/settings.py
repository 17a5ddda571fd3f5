"""What the hosted reader is told by the environment. The key is never shown: not in a repr, a problem or a file."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from pactwatch.errors import InputError

TIMEOUT_S = 600.0
"""A model on a laptop's processor may need minutes for one passage."""

HIDDEN = "[key]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the endpoint is, which model answers, and how much a run may use."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    budget: int | None = None
    cache: Path | None = None
    timeout_s: float = TIMEOUT_S

    @property
    def address(self) -> str:
        """The address that questions go to."""
        parts = urlsplit(self.url)
        path = parts.path.rstrip("/")
        path = path if path.endswith("/chat/completions") else f"{path}/chat/completions"
        return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))

    @property
    def shown(self) -> str:
        """The endpoint as it may be printed: scheme and host, since a path or query may hold a secret."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def is_local(self) -> bool:
        """True where the endpoint is this machine; then no proxy is asked."""
        return urlsplit(self.url).hostname in ("localhost", "127.0.0.1", "::1")

    def hide(self, words: str) -> str:
        """Return words without the key, for whatever an endpoint says back."""
        return words.replace(self.key, HIDDEN) if self.key else words


def from_environment(given: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that the environment holds; an `InputError` names the variable that is missing or wrong."""
    env = os.environ if given is None else given
    url, model = env.get("PACTWATCH_HOSTED_URL", "").strip(), env.get("PACTWATCH_HOSTED_MODEL", "").strip()
    if not url or not model:
        raise InputError(
            "the hosted reader is not configured: set PACTWATCH_HOSTED_URL (such as http://127.0.0.1:8080/v1) and "
            "PACTWATCH_HOSTED_MODEL (the model's name there)"
        )
    cache = env.get("PACTWATCH_HOSTED_CACHE", "").strip()
    return Settings(
        url=_checked_url(url),
        model=model,
        key=_checked_key(env.get("PACTWATCH_HOSTED_KEY", "").strip()),
        budget=_number(env, "PACTWATCH_HOSTED_BUDGET", "tokens"),
        cache=Path(cache).expanduser() if cache else None,
        timeout_s=float(_number(env, "PACTWATCH_HOSTED_TIMEOUT", "seconds") or TIMEOUT_S),
    )


def _checked_url(url: str) -> str:
    """Return the address; nothing of a wrong one is printed, since it may hold a password."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or not re.fullmatch(r"[!-~]+", url):
        raise InputError("PACTWATCH_HOSTED_URL is not an http or https address such as http://127.0.0.1:8080/v1")
    if "@" in parts.netloc:
        raise InputError("PACTWATCH_HOSTED_URL holds a user or password; give a key in PACTWATCH_HOSTED_KEY")
    return url


def _checked_key(key: str) -> str:
    if key and not re.fullmatch(r"[!-~]+", key):
        raise InputError("PACTWATCH_HOSTED_KEY holds characters that no key has: a space, a line break or an accent")
    return key


def _number(env: Mapping[str, str], name: str, unit: str) -> int | None:
    given = env.get(name, "").strip()
    if not given:
        return None
    if not re.fullmatch(r"[0-9]{1,12}", given) or int(given) == 0:
        raise InputError(f"{name} is {given!r}; give a whole number of {unit}, 1 or more")
    return int(given)
