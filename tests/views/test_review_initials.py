from __future__ import annotations

import pytest

from pipeline.views.review.initials import initials_of


@pytest.mark.parametrize(
    ("text", "initials"),
    [
        ("호혜정신", "ㅎㅎㅈㅅ"),
        ("까치 빵", "ㄲㅊ ㅃ"),
        ("육아/교육 2", "ㅇㅇ/ㄱㅇ 2"),
        ("Trust 믿음", "Trust ㅁㅇ"),
        ("가힣", "ㄱㅎ"),
        ("", ""),
    ],
)
def test_syllables_become_their_initials(text: str, initials: str) -> None:
    assert initials_of(text) == initials
