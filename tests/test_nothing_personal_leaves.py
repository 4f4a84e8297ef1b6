"""Nothing personal leaves a study: every command's outputs are searched for who and where."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest
from typer.testing import CliRunner

from pipeline.cli import app

RUNNER = CliRunner()
SCRIPT = "<script>alert(1)</script>"
CALC = "=cmd|'/c calc'!A1"
MARKET = f"""연구자: 장터를 처음 여셨을 때는 어떠셨어요?
김민자: 처음에는 반찬을 만들어 팔았어요. 제 이름은 김민자이고요 전화는 010-2345-6789예요.
연구자: 돈은 어떻게 나누셨어요?
김민자: 장터에서 번 돈은 통장에 모았다가 나눴어요. 박영숙 씨가 장터 돈을 맡았어요.
연구자: 요즘도요?
김민자: 반찬 장터는 토요일마다 나가요. 집은 마포구 성미산로 12길 34예요. {SCRIPT} {{{{ 7*7 }}}}
김민자: {CALC} 반찬 장터 \u202e거꾸로\u202c {"가" * 5000} 돈
"""
REPAIR = f"""질문: 집수리는 어디서 배우셨어요?
박영숙: 주민센터에서 도배를 배웠어요. 공일공 이삼사오 육칠팔구로 전화하세요.
질문: 지금은 혼자 하세요?
박영숙: 이웃집 도배를 혼자 해 드렸더니 자신감이 생겼어요. {SCRIPT}
질문: 힘든 점은요?
박영숙: 도배는 팔도 아프고 허리가 아파요. 김민자 언니가 도와줬어요. minja@example.com이요.
"""
CODEBOOK = f"""- name: 경제적 성과
  definition: 번 돈과 수입 이야기 {SCRIPT}
- name: 자신감
  definition: 할 수 있다는 믿음
"""
CODINGS = f"""interview,quote,code,coder,note
김민자,번 돈은 통장에 모았다가 나눴어요,경제적 성과,가,김민자가 최말숙 씨와 다툼 010-2345-6789
김민자,번 돈은 통장에 모았다가 나눴어요,자신감,나,{CALC}
집수리,도배를 혼자 해 드렸더니 자신감이 생겼어요,자신감,나,박영숙 010-9999-8888
집수리,도배를 혼자 해 드렸더니 자신감이 생겼어요,자신감,가,
집수리,이런 말은 없는데 010-9999-8888로 전화하라던,자신감,가,
"""
PEOPLE = f"""interview,participant,role,district,phone
김민자,김민자,김민자 통장,박영숙 옆집,010-7777-6666
집수리,P02 박영숙,{SCRIPT},"{CALC}",02-333-4444
"""
INBOX = """질문: 무엇을 하셨어요?
정미란: 정미란입니다. 장터에서 반찬을 팔고 도배도 했어요. 010-5555-4444예요.
"""
PERSONAL = (
    "민자", "영숙", "미란", "말숙", "2345-6789", "육칠팔구", "성미산로", "minja@", "9999-8888",
    "7777-6666", "333-4444", "5555-4444",
)  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a study full of people, after every command has written its files."""
    root = tmp_path_factory.mktemp("border")
    corpus, out = root / "corpora" / "연구", root / "out"
    for folder in (corpus / "interviews", corpus / "inbox", root / "configs", out):
        folder.mkdir(parents=True)
    (corpus / "interviews" / "김민자.txt").write_text(MARKET, "utf-8")
    (corpus / "interviews" / "집수리.txt").write_text(REPAIR, "utf-8")
    (corpus / "codebook.yaml").write_text(CODEBOOK, "utf-8")
    (corpus / "codings.csv").write_text(CODINGS, "utf-8")
    (corpus / "participants.csv").write_text(PEOPLE, "utf-8")
    title = f"{unicodedata.normalize('NFD', '김민자')} 연구 {SCRIPT}"
    settings = f"title: {title}\nworkers: 1\ntopics: {{count: 2}}\n"
    (root / "configs" / "연구.yaml").write_text(settings, "utf-8")
    return root


def ask(root: Path, command: str, *options: object) -> str:
    """Run a command on the study and return what it prints to standard output."""
    config = root / "configs" / "연구.yaml"
    done = RUNNER.invoke(app, [command, str(config), *map(str, options)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.stdout


@pytest.fixture(scope="module")
def said(root: Path) -> dict[str, str]:
    """Return what the commands print that show what is in the study."""
    out = root / "out"
    ask(root, "run", "--quiet")
    said = {
        "concordance": ask(root, "concordance", "반찬", "--csv", out / "kwic.csv"),
        "term": ask(root, "passages", "--term", "돈", "--csv", out / "passages.csv"),
        "json": ask(root, "passages", "--term", "도배", "--json"),
        "topic": ask(root, "passages", "--topic", 1),
        "code": ask(root, "passages", "--code", "자신감"),
        "agreement": ask(root, "agreement", "--json", out / "a.json", "--csv", out / "a.csv"),
        "evaluate": ask(root, "evaluate", "--rounds", 1, "--html", out / "e.html"),
    }
    ask(root, "sheet", "--out", out / "sheet.xlsx", "--coder", "가")
    ask(root, "codings", "--out", out / "codings.csv")
    ask(root, "codings", "--out", out / "codings.xlsx")
    inbox = root / "corpora" / "연구" / "inbox"
    (inbox / "정미란.txt").write_text(INBOX, "utf-8")
    (inbox / "최말숙.docx").write_bytes(b"PK\x03\x04")
    ask(root, "job", "--quiet")
    assert list((root / "outputs").rglob("LATEST*"))
    return said


def texts_of(path: Path) -> dict[str, str]:
    """Return the texts of a file, those of an archive's parts too, by name."""
    if path.suffix != ".xlsx":
        return {path.name: path.read_text("utf-8")}
    with zipfile.ZipFile(path) as archive:
        return {f"{path.name}/{n}": archive.read(n).decode("utf-8") for n in archive.namelist()}


def left(root: Path) -> dict[str, str]:
    """Return all that lies in the folders of outputs, and the job's log beside the study."""
    folders = (root / "outputs", root / "out")
    paths = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    paths += sorted((root / "corpora" / "연구").glob("*.jsonl"))
    texts = {"names": "\n".join(path.name for path in paths)}
    for path in paths:
        texts |= texts_of(path)
    assert len(texts) > 30
    return texts


def spellings(word: str) -> set[str]:
    """Return the ways in which a file may spell ``word``."""
    return {
        word,
        unicodedata.normalize("NFD", word),
        quote(word),
        json.dumps(word)[1:-1],
        "".join(f"&#{ord(sign)};" for sign in word),
    }


def test_who_took_part_is_in_no_output(root: Path, said: dict[str, str]) -> None:
    for name, text in {**said, **left(root)}.items():
        for word in PERSONAL:
            for spelling in spellings(word):
                at = text.find(spelling)
                assert at < 0, (name, word, text[max(0, at - 40) : at + 40])


def test_no_page_holds_markup_of_others(root: Path, said: dict[str, str]) -> None:
    assert said
    pages = {name: text for name, text in left(root).items() if name.endswith(".html")}
    assert {"report.html", "e.html", "LATEST.html"} <= pages.keys()
    for name, text in pages.items():
        assert SCRIPT not in text, name
        assert "\u202e" not in text, name
    assert "{{ 7*7 }}" in pages["report.html"]


def test_no_spreadsheet_runs_what_was_said(root: Path, said: dict[str, str]) -> None:
    assert said
    for name, text in left(root).items():
        if name.endswith(".csv"):
            for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))):
                assert not any(cell.startswith(("=", "@", "\t")) for cell in row), name
        assert not (".xlsx/" in name and "<f>" in text), name
