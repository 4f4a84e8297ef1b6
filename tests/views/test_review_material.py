from __future__ import annotations

from pathlib import Path

from tiny_review import material_of, write_study

from pipeline.config import load_study
from pipeline.corpus.codings import codes_of_segments
from pipeline.records import Coding
from pipeline.views.review.material import Material


def test_rows_stand_together_by_interview(material: Material) -> None:
    assert {name: list(rows) for name, rows in material.rows_of.items()} == {
        "장터": [0, 1, 2],
        "집수리": [3, 4, 5],
    }


def test_a_span_bears_on_the_same_rows_as_a_coding_from_a_file(material: Material) -> None:
    text = material.interview["장터"].text
    for start in range(0, len(text), 7):
        for end in range(start + 1, len(text), 11):
            found = codes_of_segments(
                material.segments, [Coding("장터", start, end, "자신감", "가")]
            )
            rows = [row for row, s in enumerate(material.segments) if s.id in found]
            assert list(material.rows_at("장터", start, end)) == rows, (start, end)


def test_an_unknown_interview_has_no_rows(material: Material) -> None:
    assert material.rows_at("없는 면담", 0, 5) == ()


def test_a_codebook_in_a_table_has_versions_too(tmp_path: Path) -> None:
    study = write_study(tmp_path)
    (study.folder / "codebook.yaml").unlink()
    table = study.folder / "codebook.csv"
    table.write_text("id,name\n1,경제적 성과\n2,자신감\n", encoding="utf-8-sig")
    study = load_study(study.config_path)
    assert material_of(study).version == 1
    table.write_text("id,name\n1,벌이\n2,자신감\n", encoding="utf-8-sig")
    material = material_of(study)
    assert material.version == 2
    (change,) = material.versions[-1].changes
    assert (change.kind, change.codes, change.into) == ("rename", ("경제적 성과",), ("벌이",))
