"""Who: mentions resolved to parties under neutral labels, from the speaker's point of view, the words kept as used."""

from pactwatch.resolve.parties.membership import bound_at
from pactwatch.resolve.parties.register import builtin_register, builtin_registers, merge_registers, read_register
from pactwatch.resolve.parties.resolve import issuer_party, resolve_parties

__all__ = [
    "bound_at",
    "builtin_register",
    "builtin_registers",
    "issuer_party",
    "merge_registers",
    "read_register",
    "resolve_parties",
]
