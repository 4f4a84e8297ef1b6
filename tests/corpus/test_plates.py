"""Number plates. All are invented."""

from __future__ import annotations

import pytest

from pipeline.corpus.personal.plates import find_plates


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("00가0000 빼 주세요", "00가0000"),
        ("전북 3다 0000 녹색 번호판이었어요", "전북 3다 0000"),
        ("오토바이는 부산 해운대 가 0000", "부산 해운대 가 0000"),
        ("이십일 너 영영영일 그 차 주인", "이십일 너 영영영일"),
        ("000허 1234예요", "000허 1234"),
        ("경기 00 바 1234를 몰았어요", "경기 00 바 1234"),
        ("내 차 00 나 1234", "00 나 1234"),
        ("차 번호는 일이삼가에 사오육칠이요", "일이삼가에 사오육칠"),
    ],
)
def test_a_plate_is_found(text: str, plate: str) -> None:
    assert [text[find.start : find.end] for find in find_plates(text)] == [plate]


@pytest.mark.parametrize(
    "text",
    [
        "12가지 반찬",
        "강남 가 1234",
        "35도 2020년",
        "12가 3456원",
        "80 다 1234 라고",
        "일이가 사오육칠",
        "1234나 56789",
    ],
)
def test_other_numbers_are_left(text: str) -> None:
    assert list(find_plates(text)) == []
