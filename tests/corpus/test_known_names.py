"""The study's own names, and the speakers' labels."""

from __future__ import annotations

from pathlib import Path

from pipeline.corpus.personal.known_names import KnownNames, read_names, speaker_names


def test_a_list_is_read(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text(
        "# 이름\n김철수=철이 = 김 팀장\n소피아 # 친구\n-하나\n- 이 팀장\n\n", encoding="utf-8"
    )
    names, problems = read_names(path, "names.txt")
    assert names == KnownNames(
        (("김철수", "철이", "김 팀장"), ("소피아",)), frozenset({"하나", "이 팀장"})
    )
    assert names.forms == {"김철수", "철이", "김 팀장", "소피아"}
    assert problems == ()


def test_one_letter_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("소피아\n김\n김철수=\n", encoding="cp949")
    names, problems = read_names(path, "이름.txt")
    assert names.people == (("소피아",),)
    assert [(p.path, p.line, p.level) for p in problems] == [
        ("이름.txt", 2, "error"),
        ("이름.txt", 3, "error"),
    ]


def test_labels_that_name_somebody() -> None:
    labels = [
        "질문",
        "김영숙",
        "정연숙 위원",
        "참여자 1",
        "P01",
        "A",
        "소피아",
        "위원장",
        "화자 나",
        "김영숙",
        "최 팀장님",
    ]
    assert speaker_names(labels) == ("김영숙", "정연숙", "소피아")
