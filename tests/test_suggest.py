from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.config import load_study
from pipeline.errors import GyeolError, Problem
from pipeline.progress import Silent
from pipeline.runner import run_stages
from pipeline.stages import STAGES
from pipeline.suggest import suggest_files, suggest_new, suggest_study

CODEBOOK = [
    {"name": "경제적 성과", "definition": "소득이 늘거나 물건이 잘 팔린 경험"},
    {"name": "교통 불편", "definition": "버스가 드물어 다니기 힘듦"},
    {"name": "이웃/관계", "definition": "마을 사람들과 가까워지거나 다툰 경험"},
    {"name": "건강", "definition": "아프거나 병원에 다니는 일"},
]
CODES = [code["name"] for code in CODEBOOK]
NEW = [
    {"id": "b", "text": "버스가 하루에 두 번밖에 안 와서 읍내 나가기가 힘들어요."},
    {"id": "a", "text": "허리가 아파서 병원에 자주 다녔어요."},
    {"id": "c", "text": "작년에는 수입이 꽤 늘었어요. 판매가 잘돼서 돈을 벌었지요."},
]
BEST = {"b": "교통 불편", "a": "건강", "c": "경제적 성과"}
DRONES = [
    *({"id": f"c{n}", "text": f"드론 수업 {n}번째", "codes": ["이웃/관계"]} for n in range(6)),
    *({"id": f"d{n}", "text": f"김치 담그기 {n}회", "codes": ["건강"]} for n in range(6)),
]
ASKED = [{"id": "x", "text": "드론 수업이요."}, {"id": "y", "text": "김치를 담갔죠."}]
TAUGHT = {"x": "이웃/관계", "y": "건강"}


@pytest.fixture
def codebook(tmp_path: Path) -> Path:
    return with_codes(tmp_path, CODEBOOK)


def with_codes(folder: Path, codes: Sequence[object]) -> Path:
    path = folder / "codebook.json"
    path.write_text(json.dumps(codes, ensure_ascii=False), encoding="utf-8")
    return path


def json_lines(path: Path, rows: Sequence[object]) -> Path:
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def run(
    codebook: Path,
    new: Sequence[object],
    coded: Sequence[object] = (),
    top: int = 10,
) -> tuple[list[dict[str, Any]], tuple[Problem, ...]]:
    """Return the lines for ``new`` read back, and the problems; assert what always holds."""
    folder = codebook.parent
    taught = json_lines(folder / "coded.jsonl", coded) if coded else None
    answer = suggest_files(
        codebook, taught, [json_lines(folder / "new.jsonl", new)], top, "ko", Silent()
    )
    names = {code["name"] for code in json.loads(codebook.read_text("utf-8"))}
    rows = [json.loads(line) for line in answer.lines.splitlines()]
    assert answer.lines.endswith("\n")
    for row, asked in zip(rows, new, strict=True):
        assert isinstance(asked, dict)
        assert row["id"] == asked.get("id")
        named = [suggestion["code"] for suggestion in row["suggestions"]]
        assert len(named) == len(set(named)) == min(top, len(names))
        assert set(named) <= names
        scores = [suggestion["score"] for suggestion in row["suggestions"]]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
        for evidence in (e for s in row["suggestions"] for e in s["evidence"]):
            text = unicodedata.normalize("NFC", asked["text"])
            assert text[evidence["start"] : evidence["end"]] == evidence["text"] != ""
    return rows, answer.problems


def best(rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    return {row["id"]: row["suggestions"][0]["code"] for row in rows}


def test_a_line_for_each_row_in_its_order(codebook: Path) -> None:
    rows, problems = run(codebook, NEW)
    assert best(rows) == BEST
    assert all(row["fits"] for row in rows)
    assert list(rows[0]) == ["id", "fits", "score_only_ranks", "suggestions"]
    assert list(rows[0]["suggestions"][0]) == ["code", "score", "evidence"]
    assert [p.level for p in problems] == ["warning"]
    assert "only ranks" in problems[0].en


def test_interviews_that_alternate_and_speakers_who_ask(codebook: Path) -> None:
    given = [
        {**row, "id": str(9 - number), "interview": f"P{number % 2}", "speaker": "질문"}
        for number, row in enumerate([*NEW, *NEW])
    ]
    rows, _ = run(codebook, given)
    assert [row["suggestions"][0]["code"] for row in rows] == list(BEST.values()) * 2


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.text(max_size=12), min_size=4, max_size=4), st.booleans())
def test_evidence_counts_into_the_text_as_given(
    codebook: Path, between: list[str], decomposed: bool
) -> None:
    # run() asserts it of every span.
    text = "버스".join([*between[:3], "가 와요. 병원에 다녀요\r\n" + between[3]])
    given = unicodedata.normalize("NFD", text) if decomposed else text
    rows, _ = run(codebook, [{"id": "x", "text": given, "interview": "P"}, NEW[1]])
    assert len(rows) == 2


def test_a_break_before_a_word_moves_no_span(codebook: Path) -> None:
    rows, _ = run(codebook, [{"id": "x", "text": "\ufeff\0음\r\n\x0b버스가 \U0001f68c 드물어요"}])
    (traffic,) = (s for s in rows[0]["suggestions"] if s["code"] == "교통 불편")
    assert {"text": "버스", "start": 6, "end": 8} in [
        {key: e[key] for key in ("text", "start", "end")} for e in traffic["evidence"]
    ]


@pytest.mark.parametrize("top", [1, 3, 4, 50])
def test_as_many_codes_as_asked_for(codebook: Path, top: int) -> None:
    assert best(run(codebook, NEW, top=top)[0]) == BEST


@pytest.mark.parametrize("text", ["", "  \n", "?!", "😀", "Yes.", "Okay, the bus to the hospital."])
def test_a_row_without_korean_fits_nothing(codebook: Path, text: str) -> None:
    rows, problems = run(codebook, [NEW[0], {"id": "x", "text": text}, NEW[1]])
    assert [row["fits"] for row in rows] == [True, False, True]
    assert len(problems) == 1 + (not text.strip())
    assert {p.level for p in problems} == {"warning"}
    rows, _ = run(codebook, [{"id": "x", "text": text}])
    assert [row["fits"] for row in rows] == [False]


def test_rows_without_text_beside_coded_ones(codebook: Path) -> None:
    rows, _ = run(codebook, [{"id": "e", "text": " "}, *ASKED], DRONES)
    assert not rows[0]["fits"]
    assert best(rows[1:]) == TAUGHT


def test_a_broken_line_is_named_and_the_rest_answered(codebook: Path) -> None:
    new = codebook.parent / "new.jsonl"
    new.write_text('{"id": "a", "text": "버스"\n{"id": "b", "text": "버스"}\n', encoding="utf-8")
    answer = suggest_files(codebook, None, [new], 10, "ko", Silent())
    assert [json.loads(line)["id"] for line in answer.lines.splitlines()] == ["b"]
    assert [(p.line, p.level) for p in answer.problems if p.level == "error"] == [(1, "error")]


@pytest.mark.parametrize(
    "name", [7, "07", " b ", "가\u1100\u1161", "1\u20282", "a\0", "\ud800", ""]
)
def test_ids_come_back_as_they_were_given(codebook: Path, name: str | int) -> None:
    path = codebook.parent / "new.jsonl"
    path.write_text(json.dumps({"id": name, "text": NEW[0]["text"]}), encoding="utf-8")
    answer = suggest_files(codebook, None, [path], 10, "ko", Silent())
    assert [json.loads(line)["id"] for line in answer.lines.encode().splitlines()] == [name]


def test_rows_of_one_id_are_answered_each(codebook: Path) -> None:
    rows, problems = run(codebook, [{**row, "id": "same"} for row in NEW])
    assert [row["suggestions"][0]["code"] for row in rows] == list(BEST.values())
    assert any("2, 3행" in p.ko for p in problems)


def test_coded_rows_teach(codebook: Path) -> None:
    rows, _ = run(codebook, [{**ASKED[0], "id": "c1"}, ASKED[1]], DRONES)
    assert best(rows) == {"c1": "이웃/관계", "y": "건강"}
    whys = {e["why"] for e in rows[0]["suggestions"][0]["evidence"]}
    assert any("코딩된 구절 c" in why for why in whys)


def test_few_coded_rows_make_no_probabilities(codebook: Path) -> None:
    rows, problems = run(codebook, NEW, [{**NEW[0], "codes": ["교통 불편"]}])
    assert best(rows)["b"] == "교통 불편"
    assert all(row["score_only_ranks"] is True for row in rows)
    assert ["Too few" in p.en for p in problems] == [True]


def test_unknown_codes_are_listed_once_and_the_rest_is_used(codebook: Path) -> None:
    strange = [{**row, "codes": [*row["codes"], "이웃관계", "없는 코드"]} for row in DRONES]
    rows, problems = run(codebook, ASKED, strange)
    assert best(rows) == TAUGHT
    told = [p for p in problems if "코드북에 없어" in p.ko]
    assert [p.level for p in told] == ["warning", "warning"]
    assert "혹시 «이웃/관계»?" in told[0].ko
    assert "(12 rows)" in told[1].en


def test_coded_rows_without_a_known_code_teach_nothing(codebook: Path) -> None:
    rows, problems = run(codebook, NEW, [{**NEW[0], "codes": ["무엇"]}, NEW[1]])
    assert best(rows) == BEST
    assert any("codes" in p.en for p in problems)
    assert all(row["score_only_ranks"] is True for row in rows)


def test_codes_as_one_text(codebook: Path) -> None:
    told = [{**row, "codes": f" {row['codes'][0]} |없음"} for row in DRONES]
    rows, problems = run(codebook, ASKED, told)
    assert best(rows) == TAUGHT
    assert any("«없음»" in p.ko for p in problems)


def test_names_with_every_kind_of_sign(tmp_path: Path) -> None:
    names = ['가, "나"\n다', "가|나", " 빈칸 ", "'", "<b>"]
    codebook = with_codes(tmp_path, [{"name": name} for name in names])
    coded = [
        {"id": f"{n}{i}", "text": f"{text} {i}번째", "codes": names[n]}
        for n, text in enumerate(["드론 수업", "김치 담그기", "버스 노선", "허리 병원"])
        for i in range(5)
    ]
    rows, problems = run(codebook, ASKED, coded)
    assert best(rows) == {"x": names[0], "y": names[1]}
    assert not any("코드북에 없어" in p.ko for p in problems)


def test_a_code_may_be_given_by_its_id(tmp_path: Path) -> None:
    codes = [{**code, "id": f"C{n}"} for n, code in enumerate(CODEBOOK)]
    coded = [{**row, "codes": [f"C{CODES.index(row['codes'][0])}"]} for row in DRONES]
    assert best(run(with_codes(tmp_path, codes), ASKED, coded)[0]) == TAUGHT


@pytest.mark.parametrize("count", [1, 500])
def test_codebooks_of_any_size(tmp_path: Path, count: int) -> None:
    codes = [*CODEBOOK, *({"name": f"코드 {n}"} for n in range(500))][-count:]
    codebook = with_codes(tmp_path, codes)
    coded = [{**row, "codes": [codes[n % len(codes)]["name"]]} for n, row in enumerate(DRONES)]
    run(codebook, NEW)
    run(codebook, NEW, coded, top=500)


def test_codes_with_hardly_a_word_and_codes_of_one_text(tmp_path: Path) -> None:
    codes = [
        {"name": "ㄱ", "definition": ""},
        {"name": "물", "definition": ""},
        {"name": "교통 가", "definition": "버스가 드물어 다니기 힘듦"},
        {"name": "교통 나", "definition": "버스가 드물어 다니기 힘듦"},
        {"name": "교통 다", "definition": "버스가 드물어 다니기 힘듦"},
    ]
    rows, _ = run(with_codes(tmp_path, codes), NEW)
    named = [s["code"] for s in rows[0]["suggestions"][:3]]
    assert set(named) == {"교통 가", "교통 나", "교통 다"}


def test_examples_of_a_code_in_one_interview(codebook: Path) -> None:
    coded = [{**row, "interview": row["codes"][0]} for row in DRONES]
    assert [row["id"] for row in run(codebook, ASKED, coded)[0]] == ["x", "y"]
    coded = [{**row, "interview": "P1"} for row in DRONES]
    assert best(run(codebook, ASKED, coded)[0]) == TAUGHT


def test_coders_who_contradict_each_other(codebook: Path) -> None:
    both = [{**row, "codes": [code]} for row in DRONES for code in ("건강", "이웃/관계")]
    rows, problems = run(codebook, ASKED, both)
    assert {s["code"] for s in rows[0]["suggestions"][:2]} == {"건강", "이웃/관계"}
    assert {p.level for p in problems} <= {"warning"}


def test_a_very_long_row(codebook: Path) -> None:
    long = {"id": "long", "text": (NEW[0]["text"] + " ") * 3000}
    assert len(long["text"]) > 90_000
    rows, _ = run(codebook, [NEW[1], long])
    assert best(rows) == {"a": "건강", "long": "교통 불편"}


def test_the_same_lines_twice(codebook: Path) -> None:
    assert run(codebook, NEW, DRONES) == run(codebook, NEW, DRONES)


@pytest.mark.parametrize("missing", ["codebook", "coded", "new"])
def test_a_file_that_is_not_there_is_named(codebook: Path, missing: str) -> None:
    good, gone = json_lines(codebook.parent / "good.jsonl", NEW), codebook.parent / "gone.jsonl"
    files = {"codebook": codebook, "coded": good, "new": good} | {missing: gone}
    with pytest.raises(GyeolError) as raised:
        suggest_files(files["codebook"], files["coded"], [files["new"]], 10, "ko", Silent())
    assert [problem.path for problem in raised.value.problems] == [gone.as_posix()]


def test_a_study_gets_what_a_run_writes(study: Path) -> None:
    answer = suggest_study(load_study(study), Silent())
    run_stages(load_study(study), STAGES, Silent())
    outputs = study.parent.parent / "outputs/작은연구/suggestions.jsonl"
    assert answer.lines == outputs.read_text("utf-8") != ""


def test_a_study_without_codebook_is_refused(study: Path) -> None:
    (study.parent.parent / "corpora/작은연구/codebook.yaml").unlink()
    with pytest.raises(GyeolError, match="codebook"):
        suggest_study(load_study(study), Silent())


NEW_INTERVIEW = """질문: 요즘은요?
박서준: 저는 박서준이고요, 장터에서 반찬을 팔아 돈을 벌어요. 전화는 010-2345-6789예요.
질문: 또요?
박서준: 도배를 배우니 자신감이 생겼어요.
"""


def test_new_files_get_the_study_s_codes_masked_and_leave_it_as_it_was(
    study: Path, tmp_path: Path
) -> None:
    root = study.parent.parent
    run_stages(load_study(study), STAGES, Silent())
    before = {p: p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}
    new = tmp_path / "elsewhere" / "새면담.txt"
    new.parent.mkdir()
    new.write_text(NEW_INTERVIEW, encoding="utf-8")
    answer = suggest_new(load_study(study), [new], Silent())
    rows = [json.loads(line) for line in answer.lines.splitlines()]
    assert [row["id"] for row in rows] == ["새면담:002", "새면담:004"]
    assert {row["interview"] for row in rows} == {"새면담"}
    assert rows[0]["suggestions"][0]["code"] == "경제적 성과"
    told = answer.lines + "".join(p.ko + (p.path or "") for p in answer.problems)
    assert "박서준" not in told
    assert "010-2345" not in told
    assert "private" not in told
    new.unlink()
    after = {p: p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}
    after.pop(root / "corpora/작은연구/private/new.lock", None)
    assert after == before


def test_a_new_file_called_as_one_of_the_study_is_refused(study: Path, tmp_path: Path) -> None:
    new = tmp_path / "장터.txt"
    new.write_text(NEW_INTERVIEW, encoding="utf-8")
    gone = tmp_path / "없음.txt"
    with pytest.raises(GyeolError) as raised:
        suggest_new(load_study(study), [new, gone], Silent())
    assert [p.path for p in raised.value.problems] == [new.as_posix(), gone.as_posix()]
