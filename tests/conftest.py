"""A small study, made anew for each test that asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import pytest
from kiwipiepy import Kiwi

from pipeline.corpus import morphology
from pipeline.corpus.dictionary import Entry
from pipeline.mining import vectors

_load_anew = morphology.load_kiwi
_find_shared = vectors._shared


@cache
def _plain() -> Kiwi:
    return _load_anew(1)


@lru_cache(maxsize=1)
def _kept(workers: int, dictionary: tuple[Entry, ...], dialects: tuple[str, ...]) -> Kiwi:
    return _load_anew(workers, dictionary, dialects)


def _load_once(
    workers: int, dictionary: Iterable[Entry] = (), dialects: Iterable[str] = ()
) -> Kiwi:
    entries, spoken = tuple(dictionary), tuple(dialects)
    threads = workers or 1  # as many as fit, where tests run side by side
    plain = threads == 1 and not entries and not spoken
    return _plain() if plain else _kept(threads, entries, spoken)


# A Kiwi takes three seconds to load and to warm up and 400 MB, and nothing changes it afterwards:
# tests share those that know the same dictionary. Done here, before any test imports the name.
morphology.load_kiwi = _load_once


@cache
def _shared_of_the_plain() -> np.ndarray:
    return _find_shared(vectors._open_space(_plain()))


def _shared_once(space: vectors._Space) -> np.ndarray:
    """Return what all words share: of the Kiwi without a dictionary a million cosines, once."""
    plain = _plain.cache_info().currsize and space.kiwi is _plain()
    return _shared_of_the_plain() if plain else _find_shared(space)


MARKET = """질문: 장터를 처음 여셨을 때는 어떠셨어요?
답변: 처음에는 반찬을 만들어서 골목 장터에서 팔았어요. 반찬 가격을 두고 언니들이랑 다퉜죠.
질문: 돈은 어떻게 나누셨어요?
답변: 장터에서 번 돈은 통장에 모았다가 명절에 나눴어요. 돈 때문에 싸우기도 했고요.
질문: 요즘도 장터에 나가세요?
답변: 네, 반찬 장터는 토요일마다 나가요. 반찬이 다 팔리면 기분이 좋아요.
"""
REPAIR = """질문: 집수리는 어디서 배우셨어요?
답변: 주민센터 강의실에서 도배를 배웠어요. 도배 강사님이 무서웠어요.
질문: 지금은 혼자 하세요?
답변: 이웃집 도배를 혼자 해 드렸더니 자신감이 생겼어요. 수전도 제가 갈아요.
질문: 힘든 점은요?
답변: 무릎이 아파요. 도배는 팔도 아프고, 수전은 허리가 아프고요.
"""
OFFICE = """질문: 담당자가 바뀌었다고 들었어요.
답변: 구청 담당자가 두 번 바뀌었어요. 서류가 없어서 처음부터 다시 했죠.
질문: 예산은요?
답변: 구청 예산이 끝나면 사업도 끝나요. 예산 서류만 쓰다가 한 해가 갔어요.
질문: 바라시는 점은요?
답변: 담당자가 오래 있었으면 좋겠어요. 예산도 여러 해로 주시고요.
"""
CODEBOOK = """- name: 경제적 성과
  definition: 번 돈과 수입, 판매에 대한 이야기
  examples: [장터에서 반찬을 팔아 돈을 벌었어요]
- name: 자신감
  definition: 할 수 있다는 믿음이 생긴 변화
- name: 담당자 교체
  definition: 맡은 사람이 바뀌어 생긴 어려움
"""
CODINGS = """interview,quote,code,coder
장터,번 돈은 통장에 모았다가 명절에 나눴어요,경제적 성과,가
집수리,이웃집 도배를 혼자 해 드렸더니 자신감이 생겼어요,자신감,가
"""


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a case of bytes by no more than that: archives hold the time they were made."""
    return "bytes" if isinstance(val, bytes) else None


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the config of a study of three short interviews, two of them coded."""
    monkeypatch.setattr(vectors, "_shared", _shared_once)
    folder = tmp_path / "corpora" / "작은연구"
    (folder / "interviews").mkdir(parents=True)
    (tmp_path / "configs").mkdir()
    for name, text in (("장터", MARKET), ("집수리", REPAIR), ("구청", OFFICE)):
        (folder / "interviews" / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    (folder / "codings.csv").write_text(CODINGS, encoding="utf-8-sig")
    config = tmp_path / "configs" / "작은연구.yaml"
    config.write_text("title: 작은 연구\nworkers: 1\ntopics: {count: 3}\n", encoding="utf-8")
    return config
