"""A small study on the desk, its decisions kept in a list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from starlette.testclient import TestClient

from pipeline.config import Study, load_study
from pipeline.progress import Silent
from pipeline.records import Decision
from pipeline.review import make_material
from pipeline.verdicts.store import made, open_store
from pipeline.views.review.app import make_app
from pipeline.views.review.log import Keeper
from pipeline.views.review.material import Material
from pipeline.views.review.state import Blindness, Desk

HERE = "http://127.0.0.1"
LONG_WORD = "가" * 300
MARKET = """질문: 장터를 처음 여셨을 때는 어떠셨어요?
답변: 처음에는 반찬을 만들어서 골목 장터에서 팔았어요. 반찬 가격을 두고 언니들이랑 다퉜죠.
질문: 돈은 어떻게 나누셨어요?
답변: 장터에서 번 돈은 통장에 모았다가 명절에 나눴어요. 전화는 010-1234-5678로 받았고요.
질문: 요즘도 장터에 나가세요?
답변: 네, 반찬 장터는 토요일마다 나가요. 반찬이 다 팔리면 기분이 좋아요.
"""
REPAIR = f"""질문: 집수리는 어디서 배우셨어요?
답변: <script>alert(1)</script> 도배를 배웠어요 😀 강사님이 </textarea>라고 했어요 {{{{ 7*7 }}}} \u202e뒤집힘\u202c.
질문: 지금은 혼자 하세요?
답변: 이웃집 도배를 혼자 해 드렸더니 자신감이 생겼어요. {LONG_WORD}
질문: 힘든 점은요?
답변: 무릎이 아파요. 도배는 팔도 아프고, 수전은 허리가 아프고요.
"""
CODEBOOK = """# 연구실의 코드북
- name: 경제적 성과
  name_en: economic outcome
  definition: 번 돈과 수입, 판매에 대한 이야기
  examples: [장터에서 반찬을 팔아 돈을 벌었어요]
- name: 호혜정신
  definition: 이웃과 서로 돕는 마음
- name: 자신감
  definition: 할 수 있다는 믿음이 생긴 변화
- name: <b>굵은</b> 코드
  definition: 태그가 든 이름 "따옴표"와 </script>
"""


def write_study(folder: Path, settings: str = "") -> Study:
    """Write the study below ``folder`` and return it."""
    corpus = folder / "corpora" / "작은연구"
    (corpus / "interviews").mkdir(parents=True)
    (folder / "configs").mkdir()
    for name, text in (("장터", MARKET), ("집수리", REPAIR)):
        (corpus / "interviews" / f"{name}.txt").write_text(text, encoding="utf-8")
    (corpus / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    config = folder / "configs" / "작은연구.yaml"
    text = f"title: 작은 <연구>\nworkers: 1\ntopics: {{count: 2}}\n{settings}"
    config.write_text(text, encoding="utf-8")
    return load_study(config)


def material_of(study: Study) -> Material:
    """Return what the desk shows of ``study``."""
    with open_store(study.store_url, study.store_shown) as store:
        return make_material(study, Silent(), store)


def keeper_in(kept: list[Decision]) -> Keeper:
    """Return a keeper that keeps decisions in a list."""

    def after(number: int) -> tuple[Sequence[Decision], int]:
        return tuple(kept[number:]), len(kept)

    return Keeper(kept.extend, after)


def blindness_in(lifted: list[str]) -> Blindness:
    """Return a blindness that ends, before anything is decided, when a name is in ``lifted``."""
    return Blindness(lambda: "2000" if lifted else None, lifted.append)


def desk_on(material: Material, kept: list[Decision] | None = None) -> Desk:
    """Return a desk on ``material``."""
    return Desk(material, keeper_in([] if kept is None else kept), blindness_in([]))


def put(material: Material, coder: str, row: int, code: str, **fields: object) -> Decision:
    """Return the decision that puts ``code`` on a whole passage."""
    return on_passage(material, coder, "put", row, code=code, **fields)


def on_passage(material: Material, coder: str, action: str, row: int, **fields: object) -> Decision:
    """Return a decision on a whole passage."""
    segment = material.segments[row]
    quote = material.interview[segment.interview].text[segment.start : segment.end]
    place = {"interview": segment.interview, "start": segment.start, "end": segment.end}
    return made(coder, action, **{**place, "quote": quote, **fields})


class Page(TestClient):
    """A browser without a window, logged in as a coder."""

    def __init__(
        self,
        desk: Desk,
        coder: str = "",
        token: str = "",
        host: str = "127.0.0.1",
        *,
        failing: bool = False,
    ) -> None:
        """Open the page; with ``failing``, what the program raises is answered and not raised."""
        super().__init__(
            make_app(desk, host, token),
            base_url=HERE,
            headers={"origin": HERE, "accept": "text/html"},
            follow_redirects=False,
            raise_server_exceptions=not failing,
        )
        self.secret = ""
        if coder:
            self.log_in(coder)

    def log_in(self, coder: str) -> None:
        """Log in as ``coder``."""
        assert self.post("/login", data={"coder": coder}).status_code == 303
        text = self.get("/").text
        self.secret = text.split('<meta name="secret" content="')[1].split('"')[0]

    def ask(self, path: str, **asked: object):  # noqa: ANN201 — httpx's response
        """Post JSON as the page's script does."""
        return self.post(path, json=asked, headers={"x-secret": self.secret})

    def form(self, path: str, **sent: str):  # noqa: ANN201 — httpx's response
        """Post a form of the page."""
        return self.post(path, data={"secret": self.secret, **sent})
