"""Which passages a coder judges first without seeing suggestions.

Suggestions anchor people. A share of passages, another for every coder, is decided without
them, so that what they did to the rest can be told.
"""

from __future__ import annotations

import hashlib


def is_unaided(segment: str, coder: str, seed: int, share: float) -> bool:
    """Tell whether ``segment`` is one of the ``share`` (0 to 1) that ``coder`` judges unaided.

    It depends on nothing but what is given here, so that it holds from one day to the next.
    """
    said = "\0".join((str(seed), coder, segment)).encode("utf-8", "surrogatepass")
    drawn = int.from_bytes(hashlib.sha256(said).digest()[:8])
    return drawn < share * 2**64
