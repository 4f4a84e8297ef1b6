"""Personal data in the labelled lines: recall and precision by kind (shown with ``-s``).

The lines and their labels were written before the rules; those of the part «final» were not
looked at while the rules were made. In the one run on them that counts, recall was .982 for
numbers (56 of 57), .941 for addresses (16 of 17) and 1.000 for names (40 of 40, at precision
.952): **that is the held-out figure**. Since
then the author of the rules has seen both parts and mended the rules on them, so what is printed
today is no estimate for unseen text: the floors, just below it, guard what has been reached.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kiwipiepy import Kiwi

from pipeline.corpus.morphology import load_kiwi
from pipeline.corpus.personal import Find, find_personal
from pipeline.corpus.personal.finds import KINDS
from pipeline.corpus.personal.known_names import KnownNames
from pipeline.corpus.personal.tokens import Token, Tokens, tokens_of

LINES = Path(__file__).with_name("personal_lines.jsonl")
NUMBERS = ("rrn", "phone", "card", "account", "plate", "email", "url", "handle", "birth")
# A find that is wider than the label by a «생» or a blank is still right.
SLACK = 2


class Line(NamedTuple):
    text: str
    spans: list[tuple[int, int, str]]
    part: str


class Score(NamedTuple):
    wanted: Counter[str]
    covered: Counter[str]
    found: Counter[str]
    right: Counter[str]

    def recall(self, *kinds: str) -> float:
        return _share(self.covered, self.wanted, kinds)

    def precision(self, *kinds: str) -> float:
        return _share(self.right, self.found, kinds)


def _share(part: Counter[str], whole: Counter[str], kinds: tuple[str, ...]) -> float:
    total = sum(whole[kind] for kind in kinds)
    return sum(part[kind] for kind in kinds) / total if total else 1.0


@pytest.fixture(scope="module")
def kiwi() -> Kiwi:
    return load_kiwi(1)


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    rows = map(json.loads, LINES.read_text("utf-8").splitlines())
    return [Line(row["text"], [(s, e, k) for s, e, k in row["spans"]], row["part"]) for row in rows]


def test_the_labelled_set_is_what_it_should_be(lines: list[Line]) -> None:
    assert len(lines) >= 320
    assert len({line.text for line in lines}) == len(lines)
    assert {part: sum(line.part == part for line in lines) for part in ("dev", "final")} == {
        "dev": len(lines) // 2,
        "final": len(lines) // 2,
    }
    assert 0.4 < sum(not line.spans for line in lines) / len(lines) < 0.6
    for part in ("dev", "final"):
        kinds = {kind for line in lines if line.part == part for _, _, kind in line.spans}
        assert kinds == set(KINDS) - {"indirect"}
    assert all(0 <= start < end <= len(line.text) for line in lines for start, end, _ in line.spans)


def scored(lines: list[Line], kiwi: Kiwi) -> Score:
    score = Score(Counter(), Counter(), Counter(), Counter())
    for line in lines:
        finds = find_personal(line.text, tokens_of(kiwi, line.text))
        for start, end, kind in line.spans:
            score.wanted[kind] += 1
            places = {p for find in finds if find.kind == kind for p in range(find.start, find.end)}
            score.covered[kind] += places.issuperset(range(start, end))
        for find in finds:
            score.found[find.kind] += 1
            score.right[find.kind] += any(_is_right(find, *span) for span in line.spans)
    return score


def _is_right(find: Find, start: int, end: int, kind: str) -> bool:
    touches = find.kind == kind and find.start < end and start < find.end
    return touches and start - find.start <= SLACK and find.end - end <= SLACK


def _table(part: str, score: Score) -> str:
    rows = [(kind, (kind,)) for kind in KINDS if score.wanted[kind] or score.found[kind]]
    return "\n" + "".join(
        f"{part:5} {name:8} {sum(score.wanted[k] for k in kinds):3} labelled"
        f"  recall {score.recall(*kinds):.3f}  precision {score.precision(*kinds):.3f}\n"
        for name, kinds in [*rows, ("all", KINDS)]
    )


@pytest.mark.parametrize("part", ["dev", "final"])
def test_recall_and_precision(part: str, lines: list[Line], kiwi: Kiwi) -> None:
    score = scored([line for line in lines if line.part == part], kiwi)
    # Shown with -s.
    sys.stdout.write(_table(part, score))
    assert score.recall(*NUMBERS) >= 0.99
    assert score.recall("address") >= 0.99
    assert score.recall("name") >= 0.98
    assert score.precision("name") >= 0.94
    assert score.precision(*KINDS) >= 0.97


def test_what_the_study_calls_no_name_is_left(kiwi: Kiwi) -> None:
    text = "박정숙 대표님하고 이 팀장이 왔어요."
    tokens = tokens_of(kiwi, text)
    assert [text[f.start : f.end] for f in find_personal(text, tokens)] == ["박정숙", "이"]
    never = KnownNames(never=frozenset({"박정숙", "이 팀장"}))
    assert find_personal(text, tokens, never) == ()


def test_without_tokens_everything_but_names_is_found() -> None:
    text = "번호는 010-0000-1111, 집은 푸른아파트 101동 202호예요."
    assert [find.kind for find in find_personal(text)] == ["phone", "address"]


PIECES = [
    "010-", "1234", "공일공에 ", "일이삼사", "이", "a.", "a@", "www.", "http://", "로 1", "길", "아파트 ", "103동 ",
    "호", "년 ", "1월 ", "생", "(", "*", "김철수", "씨 ", " ", "\n", ":", "12가", "-", "😀", "골뱅이", "\x00", "선생님",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40))
@settings(max_examples=200, deadline=None)
def test_finds_lie_in_the_text_and_do_not_overlap(parts: list[str]) -> None:
    text = "".join(parts)
    finds = find_personal(text, _as_if_all_were_names(text))
    assert all(find.kind in KINDS and find.reason for find in finds)
    ends = [place for find in finds for place in (find.start, find.end)]
    assert ends == sorted(ends)
    assert all(0 <= find.start < find.end <= len(text) for find in finds)


def _as_if_all_were_names(text: str) -> Tokens:
    return Tokens.of(Token(text[i : i + 2], "NNP", i, i + 2) for i in range(0, len(text) - 1, 2))


@pytest.mark.parametrize(
    "unit",
    ["a", "1", "1-", "가", "로 1", "은하로 1", "1월", "일이삼 ", "a@a.", "103동 ", "김철수 "],
)
def test_time_grows_with_the_length_and_no_faster(unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * length)[:length]
        tokens = _as_if_all_were_names(text)
        begun = time.process_time()
        find_personal(text, tokens)
        return time.process_time() - begun

    short, long = seconds(4_000), seconds(32_000)
    # Eight times the length; twice that is allowed for what else the machine does.
    assert long < 16 * short + 0.5
