"""Versions of the codebook in the store, and what was changed outside the desk."""

from __future__ import annotations

import dataclasses

import pytest

from pipeline.errors import GyeolError
from pipeline.records import CodeChange
from pipeline.verdicts.store import Store
from pipeline.verdicts.versions import OUTSIDE, add_version, noticed, versions_of

FIRST = "# 머리말\n- name: 돈\n  id: d\n- name: 꿈\n"


def test_a_text_becomes_a_version_once(store: Store) -> None:
    first = noticed(store, FIRST, "가")
    assert (first.number, first.author, first.text, first.changes) == (1, "가", FIRST, ())
    assert noticed(store, FIRST, "나") == first
    assert versions_of(store) == (first,)


def test_what_was_edited_outside_the_desk_is_a_version_with_its_changes(store: Store) -> None:
    noticed(store, FIRST)
    second = noticed(store, "- name: 수입\n  id: d\n- name: 바람\n")
    assert second.reason == OUTSIDE
    assert second.changes == (
        CodeChange("rename", ("돈",), ("수입",)),
        CodeChange("retire", ("꿈",)),
        CodeChange("add", (), ("바람",)),
    )
    assert versions_of(store)[-1] == second


def test_two_who_change_it_at_once_do_not_overwrite_each_other(store: Store) -> None:
    first = noticed(store, FIRST)
    second = dataclasses.replace(first, number=2, text=f"{FIRST}- name: 셋\n", reason="더함")
    add_version(store, second)
    with pytest.raises(GyeolError, match="meanwhile"):
        add_version(store, dataclasses.replace(second, text=f"{FIRST}- name: 넷\n"))
    assert versions_of(store) == (first, second)


def test_a_version_from_elsewhere_does_not_count_as_the_newest(store: Store) -> None:
    first = noticed(store, FIRST)
    add_version(store, dataclasses.replace(first, number=2, text="- name: 남\n", aside=True))
    assert noticed(store, FIRST) == first
