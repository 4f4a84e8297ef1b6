"""Keywords and n-grams of a study, as its config asks for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import load_study
from pipeline.progress import Silent
from pipeline.records import Keyword, Ngram
from pipeline.runner import Run, run_stages
from pipeline.stages import STAGES

NEEDED = {
    "read", "morphology", "privacy", "segments", "terms", "codebook", "codings", "keywords",
    "ngrams",
}  # fmt: skip
CONFIG = """title: 마을
workers: 1
keywords:
  methods: [frequency, tfidf, ctfidf, log_likelihood, log_odds, textrank, phrases]
  group: {group}
"""


def study_of(root: Path, group: str, interviews: dict[str, str]) -> Run:
    folder = root / "corpora" / "마을"
    (folder / "interviews").mkdir(parents=True)
    (root / "configs").mkdir()
    for name, text in interviews.items():
        (folder / "interviews" / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "dictionary.txt").write_text("중간 지원 조직\tNNG\n", encoding="utf-8")
    (folder / "codebook.yaml").write_text("codes: [{name: 돈}, {name: 집}]\n", encoding="utf-8")
    (folder / "codings.csv").write_text(
        "interview,segment,code,coder\n가,가:002,집,하나\n나,나:002,집,하나\n나,나:002,돈,하나\n"
        "나,나:004,돈,하나\n",
        encoding="utf-8",
    )
    path = root / "configs" / "마을.yaml"
    path.write_text(CONFIG.format(group=group), encoding="utf-8")
    return run_stages(load_study(path), [s for s in STAGES if s.name in NEEDED], Silent())


def test_by_code_and_by_interview_with_a_word_of_two_blanks(tmp_path: Path) -> None:
    run = study_of(
        tmp_path,
        "[code, interview]",
        {
            "가": "질문: 왜요?\n답변: 집을 고쳐요. 중간 지원 조직이 집을 봐요.\n",
            "나": "질문: 왜요?\n답변: 집을 고쳐요. 중간지원조직이 와요.\n질문: 또?\n답변: 돈을 모아요.\n",
        },
    )
    found: tuple[Keyword, ...] = run.result("keywords")
    assert {(k.field, k.group) for k in found} >= {
        ("code", "돈"),
        ("code", "집"),
        ("interview", "가"),
    }
    (word,) = [
        k for k in found if (k.method, k.group, k.term) == ("frequency", "전체", "중간지원조직")
    ]
    assert (word.frequency, word.segments) == (2, ("가:002", "나:002"))
    # Only one person's words bear the code «돈».
    assert ["«돈»" in problem.ko for problem in run.problems if "한 사람만" in problem.ko] == [True]


@pytest.mark.parametrize("answer", ["집을 고쳐요. 집을 고쳐요.", "네.", "집"])
def test_three_segments_all_alike(tmp_path: Path, answer: str) -> None:
    texts = dict.fromkeys(("가", "나", "다"), f"질문: 왜요?\n답변: {answer}\n")
    run = study_of(tmp_path, "interview", texts)
    found: tuple[Keyword, ...] = run.result("keywords")
    assert not [k for k in found if k.method in {"log_likelihood", "log_odds"}]
    ngrams: tuple[Ngram, ...] = run.result("ngrams")
    assert all(-1 <= n.npmi <= 1 for n in ngrams)
