from __future__ import annotations

from pipeline.views.review.hiding import is_unaided


def test_a_tenth_is_drawn_another_for_every_coder() -> None:
    ids = [f"P{n:03d}" for n in range(4000)]
    one = [is_unaided(s, "이예슬", 2026, 0.1) for s in ids]
    other = [is_unaided(s, "정승애", 2026, 0.1) for s in ids]
    assert 320 < sum(one) < 480
    assert 320 < sum(other) < 480
    both = sum(a and b for a, b in zip(one, other, strict=True))
    assert both < 80, "the two draw apart"
    assert one == [is_unaided(s, "이예슬", 2026, 0.1) for s in ids]
    assert one != [is_unaided(s, "이예슬", 2027, 0.1) for s in ids]


def test_none_or_all() -> None:
    assert not any(is_unaided(str(n), "가", 1, 0) for n in range(50))
    assert all(is_unaided(str(n), "가", 1, 1) for n in range(50))
