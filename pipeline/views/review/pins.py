"""PINs: a word of one's own that a coder may set, so that nobody decides under her name.

A PIN keeps colleagues apart who share a machine or a network; who can read the study's files
needs none. It is kept as a hash (scrypt, RFC 7914), and wrong ones are waited for, each time
twice as long.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

SHORTEST, LONGEST = 4, 60
_LONGEST_WAIT = 60
# 16 MB and about 50 ms a try.
_COST = {"n": 2**14, "r": 8, "p": 1}


@dataclass(frozen=True, slots=True)
class PinKeeper:
    """How PINs are kept: ``read`` gives their hashes by coder, ``write`` keeps all of them."""

    read: Callable[[], Mapping[str, str]]
    write: Callable[[Mapping[str, str]], None]


def keeper_in_memory() -> PinKeeper:
    """Return a keeper that forgets when the program ends."""
    kept: dict[str, str] = {}
    return PinKeeper(lambda: dict(kept), kept.update)


def hashed(pin: str) -> str:
    """Return what is kept of ``pin``: salt and hash, hexadecimal."""
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}${_hash(pin, salt)}"


def is_pin(kept: str, typed: str) -> bool:
    """Tell whether ``typed`` is the PIN whose hash was ``kept``."""
    salt, _, made = kept.partition("$")
    return hmac.compare_digest(made, _hash(typed, bytes.fromhex(salt)))


def can_be_pin(pin: str) -> bool:
    """Tell whether ``pin`` is neither too short nor too long."""
    return SHORTEST <= len(pin) <= LONGEST


def _hash(pin: str, salt: bytes) -> str:
    said = unicodedata.normalize("NFC", pin).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(said, salt=salt, dklen=32, **_COST).hex()


@dataclass(slots=True)
class Patience:
    """How long nobody may try another PIN for a coder, in seconds: 1, 2, 4 … 60."""

    clock: Callable[[], float] = time.monotonic
    _missed: dict[str, tuple[int, float]] = field(default_factory=dict)

    def must_wait(self, coder: str) -> bool:
        """Tell whether it is too soon for another try."""
        return coder in self._missed and self.clock() < self._missed[coder][1]

    def miss(self, coder: str) -> None:
        """Wait longer than before: a wrong PIN came."""
        times = self._missed.get(coder, (0, 0.0))[0] + 1
        wait = min(2 ** min(times - 1, 10), _LONGEST_WAIT)
        self._missed[coder] = times, self.clock() + wait

    def forgive(self, coder: str) -> None:
        """Forget what was missed: the right one came."""
        self._missed.pop(coder, None)
