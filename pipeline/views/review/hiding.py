"""Which passages are judged first without seeing suggestions.

Suggestions anchor people. A share of passages, the same for every coder, is decided without them,
so that what they did to the rest can be told. Were it another for each, two coders would have
next to no passage that both judged unaided: a hundredth, of which no agreement can be reported.
"""

from __future__ import annotations

import hashlib


def is_unaided(segment: str, seed: int, share: float) -> bool:
    """Tell whether ``segment`` is one of the ``share`` (0 to 1) to be judged unaided.

    It depends on nothing but what is given here, so that it holds from one day to the next.
    """
    said = "\0".join((str(seed), segment)).encode("utf-8", "surrogatepass")
    drawn = int.from_bytes(hashlib.sha256(said).digest()[:8])
    return drawn < share * 2**64
