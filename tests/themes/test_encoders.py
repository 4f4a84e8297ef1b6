"""A sentence model of one's own, from a folder and never from the network."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from pipeline.errors import GyeolError
from pipeline.themes.encoders import load_encoder


class Lengths:
    """Stands for a model of either library: a text's length and its blanks."""

    def __init__(self, *_path: object, **options: object) -> None:
        self.options = options

    @classmethod
    def from_pretrained(cls, path: Path) -> Lengths:
        return cls(path)

    def encode(self, texts: Sequence[str], **_: object) -> list[list[int]]:
        return [[len(text), text.count(" ")] for text in texts]


@pytest.fixture
def libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, kind in (
        ("model2vec", "StaticModel"),
        ("sentence_transformers", "SentenceTransformer"),
    ):
        module = ModuleType(name)
        setattr(module, kind, Lengths)
        monkeypatch.setitem(sys.modules, name, module)


@pytest.mark.parametrize("kind", ["model2vec", "bert"])
@pytest.mark.usefixtures("libraries")
def test_texts_in_matrix_out(tmp_path: Path, kind: str) -> None:
    (tmp_path / "config.json").write_text(f'{{"model_type": "{kind}"}}', "utf-8")
    encode = load_encoder(tmp_path, "models/내모형")
    assert encode(["골목이 좁아요", ""]).tolist() == [[7.0, 1.0], [0.0, 0.0]]
    assert encode([]).shape[0] == 0
    assert isinstance(encode(["말"]), np.ndarray)
    assert os.environ["HF_HUB_OFFLINE"] == "1"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(GyeolError) as caught:
        load_encoder(tmp_path / "없음", "models/없음")
    assert caught.value.problems[0].path == "models/없음"
    assert "suggest.encoder" in caught.value.problems[0].ko


def test_a_missing_library_is_named_with_what_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(GyeolError) as caught:
        load_encoder(tmp_path, "models/내모형")
    assert "gyeol[embeddings]" in caught.value.problems[0].ko


def test_a_folder_that_holds_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("config.json is missing")

    module = ModuleType("sentence_transformers")
    module.SentenceTransformer = refuse  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)
    with pytest.raises(GyeolError) as caught:
        load_encoder(tmp_path, "models/내모형")
    assert "config.json is missing" in caught.value.problems[0].en
