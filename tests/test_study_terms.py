"""Terms proposed and accepted: the dictionary grows, and what changed is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import load_study
from pipeline.corpus.dictionary import read_dictionary
from pipeline.errors import GyeolError
from pipeline.flow.corpus import morphemes_of
from pipeline.progress import Silent
from pipeline.runner import run_stages
from pipeline.stages import STAGES
from pipeline.terms import Passage, accept_terms, propose_terms

SAID = """질문: 어디에서 일하세요?
답변: 중간지원조직에서 일해요. 그 중간지원조직은 공유공간을 빌려 줘요.
질문: 그다음은요?
답변: 공유공간 옆에 가게가 있고, 중간 지원 조직이랑 같이 써요. 중간지원조직 분들이 좋아요.
질문: 더 있나요?
답변: 공유공간이 좁아서 중간지원조직이 공유공간을 또 알아봐요.
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    folder = tmp_path / "corpora" / "공간" / "interviews"
    folder.mkdir(parents=True)
    (tmp_path / "configs").mkdir()
    for name in ("가", "나"):
        (folder / f"{name}.txt").write_text(SAID, encoding="utf-8")
    path = tmp_path / "configs" / "공간.yaml"
    path.write_text("title: 공간\nworkers: 1\n", encoding="utf-8")
    return path


def dictionary(config: Path) -> Path:
    return config.parents[1] / "corpora" / "공간" / "dictionary.txt"


def word(passage: Passage) -> str:
    return passage.text[passage.at : passage.until]


def test_terms_are_proposed_with_the_passages_behind_them(config: Path) -> None:
    found = propose_terms(load_study(config)).proposals
    assert [p.term.form for p in found] == ["공유공간", "중간지원조직"]
    first = found[1].term
    assert (first.n_whole, first.n_split, first.n_interviews) == (0, 8, 2)
    for proposal in found:
        assert {word(passage) for passage in proposal.passages} == {proposal.term.form}
        assert {p.span.interview for p in proposal.passages} == {"가", "나"}
        assert not any("질문" in passage.text for passage in proposal.passages)


def test_accepting_makes_a_dictionary_and_counts_what_changes(config: Path) -> None:
    accepted = accept_terms(load_study(config), ["중간지원조직", "공유공간", "중간지원조직"])
    assert dictionary(config).read_text("utf-8") == "중간지원조직\tNNG\n공유공간\tNNG\n"
    assert accepted.path == "corpora/공간/dictionary.txt"
    assert (accepted.added, accepted.already) == (("중간지원조직", "공유공간"), ())
    # Written with blanks it is met, too: 5 an interview; 공유공간 4.
    assert [(g.form, g.before, g.after) for g in accepted.gains] == [
        ("중간지원조직", 0, 10),
        ("공유공간", 0, 8),
    ]
    assert accepted.replaced == 10 * 3 + 8 * 2
    assert propose_terms(load_study(config)).proposals == ()


def test_what_stands_in_the_dictionary_stays(config: Path) -> None:
    path = dictionary(config)
    path.write_bytes("# 우리 말\r\n공유공간\tNNG  # 이 층\r\n가게=상점".encode())
    accepted = accept_terms(load_study(config), ["공유공간", "중간지원조직"])
    assert accepted.already == ("공유공간",)
    assert path.read_bytes() == (
        "# 우리 말\r\n공유공간\tNNG  # 이 층\r\n가게=상점\r\n중간지원조직\tNNG\r\n".encode()
    )


def test_a_dictionary_in_another_encoding_keeps_its_words(config: Path) -> None:
    dictionary(config).write_bytes("# 우리 말\n공유공간\n".encode("cp949"))
    accept_terms(load_study(config), ["중간지원조직"])
    entries, problems = read_dictionary(dictionary(config), "d")
    assert problems == ()
    assert [entry.form for entry in entries] == ["공유공간", "중간지원조직"]


def test_what_else_changes_is_listed(config: Path) -> None:
    dictionary(config).write_text("공유공간\n", encoding="utf-8")
    folder = dictionary(config).parent / "interviews"
    (folder / "다.txt").write_text(
        "질문: 그래서요?\n답변: 동주민센터 전화통에 불이 났다고.\n", encoding="utf-8"
    )
    accepted = accept_terms(load_study(config), ["주민센터"])
    assert [(g.form, g.before, g.after) for g in accepted.gains] == [("주민센터", 0, 1)]
    # «동주민센터» was one word; the new entry takes its end away.
    (change,) = accepted.collateral
    assert (change.before, change.after) == (("동주민센터/NNG",), ("동/NNG",))
    assert (change.passage.span.interview, word(change.passage)) == ("다", "동주민센터")
    assert accepted.replaced == 0


def test_accepting_what_is_there_changes_nothing(config: Path) -> None:
    accept_terms(load_study(config), ["공유공간"])
    before = dictionary(config).read_bytes()
    accepted = accept_terms(load_study(config), ["공유공간"])
    assert (accepted.added, accepted.already) == ((), ("공유공간",))
    assert (accepted.gains, accepted.replaced, accepted.collateral) == ((), 0, ())
    assert dictionary(config).read_bytes() == before


@pytest.mark.parametrize("form", ["", "가", "가나\t다", "가나=다라", "가나 # 다", "가나\n다라"])
def test_what_cannot_be_an_entry_is_refused_whole(config: Path, form: str) -> None:
    with pytest.raises(GyeolError) as raised:
        accept_terms(load_study(config), ["공유공간", form])
    assert len(raised.value.problems) == 1
    assert not dictionary(config).exists()


def test_changed_spelling_settings_are_read_anew(config: Path) -> None:
    folder = dictionary(config).parent / "interviews"
    (folder / "다.txt").write_text("질문: 왜요?\n답변: 왜 외않됀대요.\n", encoding="utf-8")

    def said() -> set[str]:
        return set(morphemes_of(run_stages(load_study(config), STAGES[:2], Silent())).vocabulary)

    assert "되/VV" not in said()
    config.write_text("workers: 1\nmorphology: {typos: basic, dialects: [jeolla]}\n", "utf-8")
    assert "되/VV" in said()
    config.write_text("workers: 1\nmorphology: {typos: off}\n", "utf-8")
    assert "되/VV" not in said()


def test_a_code_meets_what_segments_say_by_its_synonym(config: Path) -> None:
    folder = dictionary(config).parent
    dictionary(config).write_text("주민학교=주민기술학교\n", encoding="utf-8")
    (folder / "interviews" / "다.txt").write_text(
        "질문: 어디요?\n답변: 주민 기술 학교에서요.\n", encoding="utf-8"
    )
    (folder / "codebook.yaml").write_text("- name: 주민학교\n", encoding="utf-8")
    stages = STAGES[: 1 + [stage.name for stage in STAGES].index("code_terms")]
    run = run_stages(load_study(config), stages, Silent())
    assert run.result("code_terms").vocabulary == ("주민기술학교/NNG",)
    assert "주민기술학교/NNG" in run.result("terms").vocabulary
