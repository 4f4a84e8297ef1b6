"""Corpora nobody would call a study, run from end to end: a result and a message, no traceback."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.config import load_study
from pipeline.errors import GyeolError
from pipeline.progress import Silent
from pipeline.records import TopicModel
from pipeline.runner import Run, run_stages
from pipeline.stages import STAGES


def study_of(folder: Path, texts: Sequence[str], config: str = "") -> Path:
    """Write a study of one interview a text; ``config`` are lines of its config."""
    rows = [{"id": f"s{n}", "text": text} for n, text in enumerate(texts)]
    place = folder / "corpora/가/interviews"
    place.mkdir(parents=True)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (place / "답.jsonl").write_text(lines, "utf-8")
    (folder / "configs").mkdir()
    path = folder / "configs/가.yaml"
    path.write_text(f"workers: 1\n{config}", "utf-8")
    return path


def run(config: Path) -> Run:
    return run_stages(load_study(config), STAGES, Silent())


def topics_in(config: Path) -> list[dict[str, str]]:
    path = config.parent.parent / "outputs/가/tables/topics.csv"
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


THREE = ["장터에서 반찬을 팔았어요", "도배와 장터를 배웠어요", "구청 도배 예산이 끝났어요"]


@pytest.mark.parametrize(
    ("texts", "labels"),
    [
        (THREE, {"구청", "도배", "반찬", "예산", "장터"}),
        (["장터에서 반찬을 팔았어요"] * 3, {"반찬", "장터"}),
        (
            ["장터 반찬", "장터 도배", "장터 반찬 예산", "장터 도배 예산"],
            {"장터", "반찬", "도배", "예산"},
        ),
    ],
    ids=["three segments", "all alike", "a term in every segment"],
)
def test_too_little_to_find_much_is_found_without_a_fuss(
    tmp_path: Path, texts: list[str], labels: set[str]
) -> None:
    config = study_of(tmp_path, texts)
    run(config)
    rows = topics_in(config)
    assert rows
    assert {part for row in rows for part in row["label"].replace(" ", "·").split("·")} <= labels
    assert "토픽 수는 재지 않고" in (tmp_path / "outputs/가/report.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("topics: {tags: [SL]}", "topics.tags"),
        ("terms: {min_segments: 9}", "terms.min_segments"),
        ("", "terms.max_share"),
    ],
)
def test_an_emptied_vocabulary_says_which_filter_emptied_it(
    tmp_path: Path, setting: str, said: str
) -> None:
    texts = ["장터 반찬"] * 10 if not setting else [f"장터{n % 2} 반찬" for n in range(6)]
    if "min" in setting:
        texts = ["장터", "반찬", "도배", "예산", *(["네"] * 20)]
    with pytest.raises(GyeolError, match=said):
        run(study_of(tmp_path, texts, setting))


def test_tags_that_take_all_are_told_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(GyeolError) as refused:
        run(study_of(tmp_path, ["I like markets", "markets like me"]))
    assert "자료에 있는 품사: SL " in refused.value.problems[-1].ko


def test_stop_words_that_take_all_are_named(tmp_path: Path) -> None:
    config = study_of(tmp_path, ["장터 반찬"] * 5)
    (tmp_path / "corpora/가/stopwords.txt").write_text("장터/NNG\n반찬/NNG\n", "utf-8")
    with pytest.raises(GyeolError, match=r"morphology\.stopwords"):
        run(config)


def test_seeds_by_word_and_by_code(tmp_path: Path) -> None:
    seeds = "topics: {count: 2, seeds: {팔기: [반찬, 없는말이다], 집: [고치기]}}"
    config = study_of(tmp_path, [*THREE, *THREE, *["구청 예산"] * 6], seeds)
    codebook = "- name: 고치기\n  definition: 도배\n"
    (tmp_path / "corpora/가/codebook.yaml").write_text(codebook, "utf-8")
    done = run(config)
    model: TopicModel = done.result("topics")
    assert {seed.name: seed.words for seed in model.seeds} == {"팔기": ("반찬",), "집": ("도배",)}
    assert any("없는말이다" in problem.ko and "«팔기»" in problem.ko for problem in done.problems)
    assert {row["label"].partition(":")[0] for row in topics_in(config)} == {"팔기", "집"}


def test_two_thousand_interviews_of_one_line(tmp_path: Path) -> None:
    # Some seconds: what is done once an interview (files, keys, rows) shows at such numbers only.
    things, places = ("반찬", "도배", "타일", "수전", "벽지"), ("장터", "구청", "골목", "학교")
    texts = [f"{places[n % 4]}에서 {things[n % 5]} 일을 배웠어요" for n in range(2_000)]
    topics = "topics: {method: nmf, count: 4}\n"
    done = run(study_of(tmp_path, texts, topics))
    assert [segment.interview for segment in done.result("segments")] == [
        f"s{n}" for n in range(2_000)
    ]
    assert done.result("terms").counts.sum(axis=0).max() == 2_000
    assert len(topics_in(tmp_path / "configs/가.yaml")) == 4


def test_the_methods_name_nothing_that_was_not_done(tmp_path: Path) -> None:
    run(study_of(tmp_path, THREE[:1]))
    report = (tmp_path / "outputs/가/report.html").read_text("utf-8")
    assert "TF-IDF" in report
    assert "G²" not in report, "there are no groups to compare"
