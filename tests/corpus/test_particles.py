"""Particles agree with what stands before them."""

from __future__ import annotations

import pytest

from pipeline.corpus.particles import agreeing_particle

CONSONANT, VOWEL, RIEUL = "이름03", "이름02", "이름01"  # 삼, 이, 일


@pytest.mark.parametrize(
    ("original", "rest", "replacement", "after"),
    [
        ("철수", "는 왔어요", CONSONANT, "은 왔어요"),
        ("지훈", "은 왔어요", VOWEL, "는 왔어요"),
        ("철수", "가요,", CONSONANT, "이요,"),
        ("철수", "를", CONSONANT, "을"),
        ("지훈", "과는", VOWEL, "와는"),
        ("철수", "랑 저랑", CONSONANT, "이랑 저랑"),
        ("철수", "로 갔죠", CONSONANT, "으로 갔죠"),
        ("철수", "로 갔죠", RIEUL, "로 갔죠"),
        ("지훈", "으로 갔죠", RIEUL, "로 갔죠"),
        ("서울", "로 갔죠", CONSONANT, "으로 갔죠"),
        ("민수", "야, 이리 와", CONSONANT, "아, 이리 와"),
        ("민수", "야.", CONSONANT, "이야."),
        ("주영", "아, 네가 해", VOWEL, "야, 네가 해"),
        ("은경", "이라고 해요", VOWEL, "라고 해요"),
        ("은지", "라고 해요", CONSONANT, "이라고 해요"),
        ("복순", "이에요", VOWEL, "예요"),
        ("재호", "예요", CONSONANT, "이에요"),
        ("정아", "고요", CONSONANT, "이고요"),
        ("지훈", "이가 왔어요", VOWEL, "가 왔어요"),
        ("지훈", "이가 왔어요", CONSONANT, "이가 왔어요"),
        ("하윤", "이 엄마", VOWEL, " 엄마"),
        ("하윤", "이 엄마", CONSONANT, "이 엄마"),
        ("지훈", "이 왔어요", VOWEL, "가 왔어요"),
        ("010-1234-5678", "이에요", "[전화번호]", "예요"),
        ("a@b.com", "으로", "[웹주소]", "로"),
        ("철수", " 씨", CONSONANT, " 씨"),
        ("철수", "네 가게", CONSONANT, "네 가게"),
        ("철수", "아빠", CONSONANT, "아빠"),
        ("철수", "이모가", CONSONANT, "이모가"),
        ("철수", "한테", CONSONANT, "한테"),
        ("철수", "", CONSONANT, ""),
        ("철수", "는", "Kim", "는"),
    ],
)
def test_the_particle_after_a_replacement(
    original: str, rest: str, replacement: str, after: str
) -> None:
    change = agreeing_particle(original, rest, replacement)
    if change is None:
        assert rest == after
    else:
        was, is_now = change
        assert rest.startswith(was)
        assert was != is_now
        assert is_now + rest[len(was) :] == after
