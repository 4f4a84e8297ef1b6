"""A codebook's text under change: what was meant is done, and nothing else is touched."""

from __future__ import annotations

import pytest

from pipeline.corpus.codebook import codes_in
from pipeline.errors import GyeolError
from pipeline.records import CodeChange
from pipeline.verdicts.codebook_text import change_codebook, differences

TEXT = """\
# 머리말: 지우지 마세요
- name: 경제   # 큰 갈래
  definition: "돈에 대한 말"

# ── 아래 ──
- name: 번 돈
  parent: 경제
  # 정의는 2차 회의에서
  definition: 번 돈이다. 아주 긴 문장이 이어지더라도 줄을 바꾸지 않는다. 아주 긴 문장이 이어지더라도 줄을 바꾸지 않는다.
  include:
    - 장터에서 판 돈   # 반찬
    - '따옴표: 그대로'

- name: 쓴 돈
  parent: 경제
- {name: 꿈, definition: 흐름 꼴도 됩니다}
# 꼬리말
"""


def lines_changed(after: str) -> tuple[list[str], list[str]]:
    """Return the lines that went and the lines that came."""
    import difflib

    parts = list(difflib.ndiff(TEXT.splitlines(), after.splitlines()))
    return [p[2:] for p in parts if p[0] == "-"], [p[2:] for p in parts if p[0] == "+"]


def test_a_rename_keeps_the_old_name_as_id_and_children_below() -> None:
    after = change_codebook(TEXT, CodeChange("rename", ("경제",), ("살림: 하나",)))
    assert lines_changed(after) == (
        ["- name: 경제   # 큰 갈래", "  parent: 경제", "  parent: 경제"],
        ["- name: '살림: 하나' # 큰 갈래", "  id: 경제", "  parent: '살림: 하나'", "  parent: '살림: 하나'"],
    )  # fmt: skip
    assert differences(TEXT, after) == (CodeChange("rename", ("경제",), ("살림: 하나",)),)
    back = change_codebook(after, CodeChange("rename", ("살림: 하나",), ("경제",)))
    assert [c.name for c in codes_in(back, "")] == [c.name for c in codes_in(TEXT, "")]


def test_an_edit_changes_the_lines_it_must() -> None:
    fields = {"번 돈": {"definition": "=1+1 # 아님", "include": ["no", "1.10"]}}
    after = change_codebook(TEXT, CodeChange("edit", ("번 돈",), ("번 돈",)), fields)
    code = codes_in(after, "")[1]
    assert (code.definition, code.include) == ("=1+1 # 아님", ("no", "1.10"))
    gone, _ = lines_changed(after)
    assert {line.strip().split(" ")[0] for line in gone} == {"definition:", "-"}
    assert "  # 정의는 2차 회의에서" in after
    taken = change_codebook(
        TEXT, CodeChange("edit", ("번 돈",), ("번 돈",)), {"번 돈": {"include": None}}
    )
    assert codes_in(taken, "")[1].include == ()


def test_a_new_code_comes_after_its_siblings() -> None:
    after = change_codebook(TEXT, CodeChange("add", (), ("빚",)), {"빚": {"parent": "경제"}})
    assert [code.name for code in codes_in(after, "")] == ["경제", "번 돈", "쓴 돈", "빚", "꿈"]
    assert lines_changed(after) == ([], ["", "- name: 빚", "  parent: 경제"])
    last = change_codebook(TEXT, CodeChange("add", (), ("끝",)))
    assert codes_in(last, "")[-1].name == "끝"


def test_a_retired_code_leaves_all_comments_but_its_own() -> None:
    after = change_codebook(TEXT, CodeChange("retire", ("번 돈",)))
    assert "번 돈" not in after
    assert all(kept in after for kept in ("# 머리말", "# 큰 갈래", "# ── 아래 ──", "# 꼬리말"))


def test_a_merge_takes_the_codes_below_along() -> None:
    after = change_codebook(
        TEXT, CodeChange("merge", ("경제", "꿈"), ("살림",)), {"살림": {"definition": "둘 다"}}
    )
    assert [(c.name, c.parent) for c in codes_in(after, "")] == [
        ("살림", None),
        ("번 돈", "살림"),
        ("쓴 돈", "살림"),
    ]
    into_child = change_codebook(TEXT, CodeChange("merge", ("번 돈", "경제"), ("번 돈",)))
    assert [(c.name, c.parent) for c in codes_in(into_child, "")][:2] == [
        ("번 돈", None),
        ("쓴 돈", "번 돈"),
    ]


def test_a_split_puts_the_parts_where_the_whole_was() -> None:
    after = change_codebook(TEXT, CodeChange("split", ("번 돈",), ("품삯", "번 돈", "판 돈")))
    assert [(c.name, c.parent) for c in codes_in(after, "")] == [
        ("경제", None),
        ("번 돈", "경제"),
        ("품삯", "경제"),
        ("판 돈", "경제"),
        ("쓴 돈", "경제"),
        ("꿈", None),
    ]


@pytest.mark.parametrize(
    ("change", "fields", "said"),
    [
        (CodeChange("rename", ("없는 것",), ("가",)), {}, "not in the codebook"),
        (CodeChange("rename", ("번 돈",), ("꿈",)), {}, "already"),
        (CodeChange("rename", ("번 돈",), (" ",)), {}, "needs a name"),
        (CodeChange("retire", ("경제",)), {}, "Move them first"),
        (CodeChange("move", ("경제",), ("경제",)), {"경제": {"parent": "번 돈"}}, "circle"),
        (
            CodeChange("move", ("꿈",), ("꿈",)),
            {"꿈": {"parent": "없는 것"}},
            "not in the codebook",
        ),
    ],
)
def test_what_the_codebook_does_not_allow_is_refused(
    change: CodeChange, fields: dict[str, dict[str, str]], said: str
) -> None:
    with pytest.raises(GyeolError, match=said):
        change_codebook(TEXT, change, fields)


def test_a_codebook_without_lines_is_left_alone() -> None:
    with pytest.raises(GyeolError, match="by hand"):
        change_codebook("[{name: 가}, {name: 나}]\n", CodeChange("retire", ("가",)))


def test_codes_under_a_key_are_found() -> None:
    text = "title: 코드북\ncodes:\n  - name: 가\n    id: 1\n\n  - name: 나\nend: 1\n"
    after = change_codebook(text, CodeChange("rename", ("나",), ("다",)))
    assert after == text.replace("  - name: 나", "  - name: 다\n    id: 나")


def test_a_literal_text_that_looks_like_a_comment_is_never_cut() -> None:
    text = "- name: 가\n  definition: |\n    글\n    # 글의 끝\n- name: 나\n"
    change = CodeChange("rename", ("가",), ("다",))
    assert codes_in(change_codebook(text, change), "")[0].definition == "글\n# 글의 끝\n"
