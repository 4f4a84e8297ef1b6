"""Particles agree with the word before them; figures are printed as papers do."""

from __future__ import annotations

import os

import pytest

from pipeline.sentences import Particle, last_sound, particle, short, short_p, why_not


@pytest.mark.parametrize(
    ("word", "sound"),
    [
        ("철수", "vowel"),
        ("지훈", "consonant"),
        ("서울", "rieul"),
        ("이름10", "consonant"),
        ("이름08", "rieul"),
        ("[전화번호]", "vowel"),
        ("[생년월일]", "rieul"),
        ("[전자우편]", "consonant"),
        ("Kim", None),
        ("", None),
    ],
)
def test_how_a_word_ends(word: str, sound: str | None) -> None:
    assert last_sound(word) == sound


@pytest.mark.parametrize(
    ("word", "wanted", "said"),
    [
        ("예산", "이", "이"),
        ("육아/교육", "은", "은"),
        ("배려", "을", "를"),
        ("서울", "으로", "로"),
        ("예산", "으로", "으로"),
        ("P01", "이", "이"),
        ("P09", "이", "가"),
        ("홍", "이라고", "이라고"),
        ("민수", "이라는", "라는"),
        ("코더 A", "은", "는"),
        ("NNG", "은", "는"),
        ("URL", "으로", "로"),
        ("SPSS", "과", "와"),
        ("participant", "을", "을(를)"),
        ("기쁨😀", "이", "이(가)"),
        ("=", "으로", "(으)로"),
        ("", "이", "이(가)"),
    ],
)
def test_a_particle_agrees_with_its_word(word: str, wanted: Particle, said: str) -> None:
    assert particle(word, wanted) == said


def test_numbers_are_printed_as_papers_do() -> None:
    assert [short(x) for x in (0.214, -0.05, 1.5, 0.001, -0.001)] == [
        ".21", "−.05", "1.50", "0", "0",
    ]  # fmt: skip
    assert [short_p(p) for p in (0.0004, 0.001, 0.0499, 1.0)] == ["< .001", ".001", ".050", "1.000"]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FileNotFoundError(2, os.strerror(2)), "그런 파일이 없음"),
        (PermissionError(13, os.strerror(13)), "권한이 없음"),
        (OSError(9999, "Odd"), "Odd"),
        (OSError(), "OSError"),
    ],
)
def test_why_the_system_refused_is_said_in_korean(error: OSError, said: str) -> None:
    assert why_not(error) == said
