"""Passages and concordances of a study: by morphology, by topic, by code, always masked."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.concordance import find_concordance
from pipeline.config import Study, load_study
from pipeline.errors import GyeolError, UsageError
from pipeline.passages import Wanted, find_passages, said_as
from pipeline.records import Quote

FIRST = """질문: 이웃을 도우세요?
답변: 네, 이웃을 도와요. 김영수 씨도 도왔고 어머니를 돕습니다.
질문: 어디에서요?
답변: 마을학교에서 합니다. 중간 지원 조직이 마을 학교를 빌려 주고 집을 고쳐요.
"""
SECOND = """질문: 이웃을 도우세요?
답변: 엄마가 도우라고 했어요. 학교는 멀어요. 중간지원조직은 몰라요.
질문: 또 있나요?
답변: 집을 고치는 일이 좋아요.
"""
CODEBOOK = """codes:
  - name: 관계
  - name: 이웃 돕기
    parent: 관계
  - name: 집수리
"""


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("study")
    folder = root / "corpora" / "마을"
    (folder / "interviews").mkdir(parents=True)
    (root / "configs").mkdir()
    (folder / "interviews" / "가.txt").write_text(FIRST, encoding="utf-8")
    (folder / "interviews" / "나.txt").write_text(SECOND, encoding="utf-8")
    (folder / "dictionary.txt").write_text("중간 지원 조직\tNNG\n어머니=엄마\n", encoding="utf-8")
    (folder / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    (folder / "codings.csv").write_text(
        "interview,segment,code,coder\n가,가:002,이웃 돕기,하나\n나,나:004,집수리,하나\n",
        encoding="utf-8",
    )
    (folder / "names.txt").write_text("김영수\n", encoding="utf-8")
    path = root / "configs" / "마을.yaml"
    path.write_text("title: 마을\nworkers: 1\ntopics: {count: 2}\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def study(config: Path) -> Study:
    return load_study(config)


def hits(quotes: list[Quote]) -> list[str]:
    return [quote.text[start:end] for quote in quotes for start, end in quote.marked]


def test_every_inflection_of_a_verb(study: Study) -> None:
    found = find_concordance(study, "돕다")
    assert hits(found.quotes) == ["도와요", "도왔고", "돕습니다", "도우라고"]
    assert hits(find_concordance(study, "도와서").quotes) == hits(found.quotes)
    spread = found.spread
    assert (spread.count, spread.n_interviews, spread.of_interviews) == (4, 2, 2)
    assert (spread.n_people, spread.of_people, spread.largest_share) == (2, 2, 0.75)


def test_the_interviewer_is_not_searched(study: Study) -> None:
    assert not [q for q in find_concordance(study, "돕다").quotes if "도우세요" in q.text]


def test_a_noun_inside_a_word_and_several_words(study: Study) -> None:
    assert hits(find_concordance(study, "학교").quotes) == ["학교", "학교", "학교"]
    assert hits(find_concordance(study, "마을 학교").quotes) == ["마을학교", "마을 학교"]
    assert hits(find_concordance(study, "집 고치다").quotes) == ["집을 고쳐요", "집을 고치는"]


def test_a_word_of_the_dictionary_with_blanks(study: Study) -> None:
    for asked in ("중간 지원 조직", "중간지원조직"):
        found = hits(find_concordance(study, asked).quotes)
        assert found == ["중간 지원 조직", "중간지원조직"]


def test_synonyms_are_found_as_each_other(study: Study) -> None:
    assert hits(find_concordance(study, "어머니").quotes) == ["어머니", "엄마"]
    assert hits(find_concordance(study, "엄마").quotes) == ["어머니", "엄마"]


def test_names_are_masked(study: Study) -> None:
    (quote, *_) = find_passages(study, Wanted(term="돕다"))
    assert "김영수" not in quote.text
    assert quote.text.startswith("네, 이웃을 도와요.")
    with pytest.raises(GyeolError):
        find_passages(study, Wanted(term="김영수"))


def test_what_is_never_said_names_what_is_near(study: Study) -> None:
    with pytest.raises(GyeolError) as caught:
        find_concordance(study, "기술학교")
    (problem,) = caught.value.problems
    assert "«기술학교»" in problem.ko
    assert "학교" in problem.ko.split("가까운 말: ")[1]
    for nothing in ("", "   ", "을"):
        with pytest.raises(GyeolError):
            find_concordance(study, nothing)


def test_by_code_with_those_below(study: Study) -> None:
    for code in ("이웃 돕기", "관계"):
        (quote,) = find_passages(study, Wanted(code=code))
        assert quote.segment == "가:002"
        assert hits([quote]) == [quote.text]
    with pytest.raises(GyeolError, match="이웃 돕기"):
        find_passages(study, Wanted(code="이웃 도움"))


def test_several_narrow_each_other(study: Study) -> None:
    (quote,) = find_passages(study, Wanted(term="고치다", code="집수리"))
    assert (quote.segment, hits([quote])) == ("나:004", ["고치는"])
    assert find_passages(study, Wanted(term="돕다", code="집수리")) == []


def test_by_topic(study: Study) -> None:
    found = [find_passages(study, Wanted(topic=number)) for number in (1, 2)]
    ids = [quote.segment for quotes in found for quote in quotes]
    assert ids
    assert len(ids) == len(set(ids))
    with pytest.raises(GyeolError, match="1 "):
        find_passages(study, Wanted(topic=99))


def test_nothing_asked_for(study: Study) -> None:
    with pytest.raises(UsageError):
        find_passages(study, Wanted())


def test_the_command_prints_lines_and_writes_all(config: Path, tmp_path: Path) -> None:
    out = tmp_path / "용례.csv"
    done = CliRunner().invoke(
        app, ["concordance", str(config), "돕다", "--top", "2", "--csv", str(out), "--quiet"]
    )
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert [line.split(" │ ")[1].strip() for line in lines[:2]] == ["도와요", "도왔고"]
    assert lines[2] == "… 외 2줄"
    assert lines[3].startswith("4번 · 면담 2편 중 2편 · 화자 2명 중 2명")
    rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    assert [row["node"] for row in rows] == ["도와요", "도왔고", "돕습니다", "도우라고"]
    assert "김영수" not in out.read_text("utf-8-sig") + done.output


def test_the_command_prints_passages_for_people_and_scripts(config: Path, tmp_path: Path) -> None:
    out = tmp_path / "대목.csv"
    asked = ["passages", str(config), "--term", "학교", "--quiet"]
    done = CliRunner().invoke(app, [*asked, "--csv", str(out), "--top", "1"])
    assert done.exit_code == 0, done.output
    assert "마을【학교】에서" in done.output
    assert done.output.rstrip().endswith("대목 2곳 중 1곳")
    assert len(out.read_text("utf-8-sig").splitlines()) == 3
    found = json.loads(CliRunner().invoke(app, [*asked, "--json"]).output)
    assert [one["segment"] for one in found] == ["가:004", "나:002"]
    assert all(one["text"][a:b] == "학교" for one in found for a, b in one["marked"])


def test_a_word_is_found_as_often_as_tables_count_it() -> None:
    said = ["집/NNG", "집/NNB", "집/NNP", "집다/VV"]
    assert said_as("집", said, ["집/NNG", "집/NNP"]) == {"집/NNG", "집/NNP"}
    assert said_as("집", said, ["일/NNG"]) == {"집/NNG", "집/NNB", "집/NNP"}
