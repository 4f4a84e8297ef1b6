"""Any sequence of changes leaves a codebook, every comment, and every code that was not meant."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.codebook import codes_in
from pipeline.errors import GyeolError
from pipeline.records import CodeChange
from pipeline.verdicts.codebook_text import change_codebook

TEXT = """\
# 첫 주석
- name: 가
  definition: 첫째   # 곁 주석
# 사이 주석

- name: 나
  parent: 가
  include:
  - 포함
- name: 다
  parent: 가
# 끝 주석
"""
NAMES = st.sampled_from(
    ["가", "나", "다", "라: 마", "#바", "- 사", "no", "1.10", "'", "«= 1»", "😀"]
)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@st.composite
def changes(draw: st.DrawFn) -> tuple[CodeChange, dict[str, dict[str, object]]]:
    kind = draw(st.sampled_from(["add", "edit", "rename", "move", "split", "merge", "retire"]))
    one, other, third = draw(NAMES), draw(NAMES), draw(NAMES)
    codes, into = {
        "add": ((), (other,)),
        "edit": ((one,), (one,)),
        "rename": ((one,), (other,)),
        "move": ((one,), (one,)),
        "split": ((one,), tuple(dict.fromkeys((other, third)))),
        "merge": (tuple(dict.fromkeys((one, other))), (third,)),
        "retire": ((one,), ()),
    }[kind]
    given: dict[str, object] = {}
    if kind in ("add", "edit"):
        given = {
            "definition": draw(WORDS),
            "include": [w for w in draw(st.lists(WORDS)) if w.strip()],
        }
    if kind == "move":
        given = {"parent": other}
    return CodeChange(kind, codes, into), dict.fromkeys(into, given)  # type: ignore[arg-type]


@settings(deadline=None, max_examples=60)
@given(st.lists(changes(), max_size=6))
def test_what_comes_out_is_what_was_meant(
    steps: list[tuple[CodeChange, dict[str, dict[str, object]]]],
) -> None:
    text = TEXT
    for change, fields in steps:
        before = {code.name: code for code in codes_in(text, "")}
        try:
            text = change_codebook(text, change, fields)  # type: ignore[arg-type]
        except GyeolError:
            continue
        after = {code.name: code for code in codes_in(text, "")}
        untouched = set(before) - set(change.codes)
        assert set(after) == untouched | set(change.into)
        assert all(after[name].definition == before[name].definition for name in untouched)
        for name, given_ in fields.items():
            if "definition" in given_:
                assert after[name].definition == given_["definition"]
    kept = [line for line in text.split("\n") if line.startswith("#")]
    assert kept == ["# 첫 주석", "# 사이 주석", "# 끝 주석"]
