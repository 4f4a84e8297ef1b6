"""Names of persons in the names of files."""

from __future__ import annotations

import pytest
from kiwipiepy import Kiwi

from pipeline.corpus.morphology import load_kiwi
from pipeline.corpus.personal.file_names import names_in_stems


@pytest.fixture(scope="module")
def kiwi() -> Kiwi:
    return load_kiwi(1)


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("홍길동_면담", "홍길동"),
        ("김영희님 2차", "김영희"),
        ("2024-05-01 박철수선생님", "박철수"),
        ("김철수면담", "김철수"),
        ("인터뷰_최미영(수정)", "최미영"),
        ("철수_면담", "철수"),
    ],
)
def test_a_name_is_told(kiwi: Kiwi, stem: str, name: str) -> None:
    assert names_in_stems(kiwi, [stem, "P01"]) == {stem: (name,)}


@pytest.mark.parametrize(
    "stem",
    [
        "P01", "정리본_P01", "최종안", "최종본", "수정본", "전사본", "장터", "집수리", "구청", "강의실", "주민회의", "지원_면담",
        "하나은행", "노인정", "정기모임", "조합원A", "민들레", "참여자 1", "고등학생", "안전과", "",
    ],
)  # fmt: skip
def test_a_word_is_no_name(kiwi: Kiwi, stem: str) -> None:
    assert names_in_stems(kiwi, [stem]) == {}
