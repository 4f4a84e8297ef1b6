"""Room for a sentence model of one's own: texts in, matrix out. Gyeol needs none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from pipeline.errors import GyeolError, Problem


class Encoder(Protocol):
    """What makes of texts a matrix, texts × dimensions: nearer in meaning, larger product."""

    def __call__(self, texts: Sequence[str], /) -> np.ndarray:
        """Return a row a text, of any length; finite."""
        ...


def load_encoder(path: Path, shown: str) -> Encoder:
    """Return the encoder in the folder ``path``: one of model2vec or of sentence-transformers.

    Nothing is ever fetched: the folder must hold the model, and the libraries are told that
    they are offline. ``shown`` is how the user knows the folder.

    Raises:
        GyeolError: there is no such folder, the library it needs is not installed, or the
            library cannot read the folder.
    """
    if not path.is_dir():
        raise GyeolError(
            Problem(
                "문장 모형 폴더가 없습니다. suggest.encoder에는 내려받아 둔 모형의 폴더를 적습니다.",
                "No such folder. suggest.encoder names the folder of a model you have at hand.",
                shown,
            )
        )
    os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
    try:
        return _model2vec(path) if _is_static(path) else _sentence_transformers(path)
    except ImportError as error:
        raise GyeolError(
            Problem(
                f"이 문장 모형을 쓰려면 파이썬 꾸러미 {error.name} 설치가 필요합니다: pip install 'gyeol[embeddings]'",
                f"This model needs {error.name}: pip install 'gyeol[embeddings]'",
                shown,
            )
        ) from error
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise GyeolError(
            Problem(
                f"문장 모형을 읽을 수 없습니다({error}). model2vec이나 sentence-transformers가 저장한 폴더여야 합니다.",
                f"The model cannot be read ({error}). It must be a folder saved by model2vec or by "
                "sentence-transformers.",
                shown,
            )
        ) from error


def _is_static(path: Path) -> bool:
    """Tell whether the folder is one of model2vec, which wears the other library's clothes."""
    said = ((path / name) for name in ("config.json", "modules.json"))
    texts = "".join(file.read_text("utf-8", "replace") for file in said if file.is_file())
    return "model2vec" in texts or "StaticEmbedding" in texts


def _model2vec(path: Path) -> Encoder:
    from model2vec import StaticModel  # pyright: ignore[reportMissingImports]

    model = StaticModel.from_pretrained(path)
    return lambda texts: np.asarray(model.encode(list(texts)), float)


def _sentence_transformers(path: Path) -> Encoder:
    from sentence_transformers import (  # pyright: ignore[reportMissingImports]
        SentenceTransformer,
    )

    model = SentenceTransformer(str(path), device="cpu", local_files_only=True)
    return lambda texts: np.asarray(model.encode(list(texts), show_progress_bar=False), float)
