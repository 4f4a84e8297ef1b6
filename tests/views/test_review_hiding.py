from __future__ import annotations

from pipeline.views.review.hiding import is_unaided


def test_a_tenth_is_drawn_another_for_every_study() -> None:
    ids = [f"P{n:03d}" for n in range(4000)]
    one = [is_unaided(s, 2026, 0.1) for s in ids]
    assert 320 < sum(one) < 480
    assert one == [is_unaided(s, 2026, 0.1) for s in ids]
    other = [is_unaided(s, 2027, 0.1) for s in ids]
    assert sum(a and b for a, b in zip(one, other, strict=True)) < 80


def test_none_or_all() -> None:
    assert not any(is_unaided(str(n), 1, 0) for n in range(50))
    assert all(is_unaided(str(n), 1, 1) for n in range(50))
