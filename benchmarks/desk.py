"""How long the desk takes from a key to the changed page, in Chromium, on a large study.

    python -m benchmarks.desk [--interviews 200] [--codes 500] [--passages 100] [--coded 1000]

A study is made of the bundled one's talk, cut and joined anew: it stands for size and proves
nothing about suggestions. ``--coded`` passages are coded beforehand, so that learning after
each decision costs what it costs in the middle of the work. Keys come every ``--pause``
milliseconds. From the key (``event.timeStamp``) to the first change of the page, and to the
frame after it; and until the decision is on disk and the next key is acted upon.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from pipeline.config import load_study
from pipeline.corpus.codebook import read_codebook
from pipeline.corpus.listing import list_files
from pipeline.progress import Silent
from pipeline.review import keeper_of, make_material
from pipeline.verdicts.store import made, open_store

ROOT = Path(__file__).parent.parent
CODER = "재는 사람"
WATCH = """
(() => {
  window.measured = [];
  let key = null;
  const changed = () => {
    if (!key) return;
    const one = { key: key.name, changed: performance.now() - key.at };
    key = null;
    window.measured.push(one);
    requestAnimationFrame(() => setTimeout(() => { one.painted = performance.now() - one.from; }));
    const settle = () => document.querySelector("main[aria-busy]")
      ? setTimeout(settle, 1) : one.settled = performance.now() - one.from;
    one.from = performance.now() - one.changed;
    settle();
  };
  addEventListener("keydown", event => { key = { name: event.code, at: event.timeStamp }; }, true);
  addEventListener("DOMContentLoaded", () => {
    const main = document.getElementById("content");
    if (!main) return;
    new MutationObserver(found => {
      if (found.some(one => one.target !== main || one.type === "childList")) changed();
    }).observe(main, { childList: true, subtree: true, attributes: true, characterData: true });
  });
})();
"""


def main() -> None:
    """Make the study, serve it, press keys, print the figures."""
    given = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    given.add_argument("--interviews", type=int, default=200)
    given.add_argument("--codes", type=int, default=500)
    given.add_argument("--passages", type=int, default=100)
    given.add_argument("--coded", type=int, default=1000)
    given.add_argument("--pause", type=int, default=250, help="milliseconds between keys")
    given.add_argument("--order", choices=["spoken", "uncertain"], default="spoken")
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        config = make_study(Path(folder), asked.interviews, asked.codes)
        n_passages = code_some(config, asked.coded)
        print(
            f"{asked.interviews} interviews, {n_passages} passages, {asked.codes} codes,", end=" "
        )
        print(f"{asked.coded} coded, order {asked.order}", flush=True)
        with sync_playwright() as playwright:
            found = shutil.which("chromium") or shutil.which("chromium-browser")
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
            command = [sys.executable, "-m", "pipeline.cli", "review", str(config), "-q"]
            program = subprocess.Popen(
                [*command, "--no-browser", "--port", "0"],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                text=True,
            )
            try:
                assert program.stdout is not None
                url = program.stdout.readline().split(": ", 1)[1].strip()
                measured = press_keys(browser.new_page(), url, asked)
            finally:
                program.send_signal(signal.SIGINT)
                program.wait()
    report(measured)


def make_study(folder: Path, n_interviews: int, n_codes: int) -> Path:
    """Write a study of so many interviews and codes, out of the bundled one's sentences."""
    rng = random.Random(1)
    source = ROOT / "corpora" / "resident_school"
    answers: list[str] = []
    for path in list_files(source / "interviews"):
        if path.suffix == ".txt":
            lines = path.read_text("utf-8").splitlines()
            answers += [line.partition(": ")[2] for line in lines if line.startswith("답변: ")]
    corpus = folder / "corpora" / "large"
    (corpus / "interviews").mkdir(parents=True)
    (folder / "configs").mkdir()
    for number in range(n_interviews):
        turns = []
        for _ in range(25):
            said = " ".join(" ".join(rng.sample(answers, 4)).split()[:60])
            turns += ["질문: 그때는 어떠셨어요?", f"답변: {said}."]
        text = "\n".join(turns) + "\n"
        (corpus / "interviews" / f"P{number:03d}.txt").write_text(text, encoding="utf-8")
    codes = read_codebook(source / "codebook.yaml", "codebook.yaml")
    rows = ["name,definition"]
    for number in range(n_codes):
        one, other = rng.sample(codes, 2)
        said = f"{one.definition} {other.definition}".split()
        definition = " ".join(rng.sample(said, min(len(said), 14))).replace('"', "")
        rows.append(f'"{one.name} {number}","{definition}"')
    (corpus / "codebook.csv").write_text("\n".join(rows), encoding="utf-8-sig")
    config = folder / "configs" / "large.yaml"
    # Where suggestions are hidden «2» does nothing, and «u» leads back to the passage before.
    settings = "title: 큰 연구\ntopics: {method: nmf, count: 20}\nreview: {unaided: 0}\n"
    config.write_text(settings, encoding="utf-8")
    return config


def code_some(config: Path, n_coded: int) -> int:
    """Put codes on passages at random, as the coder; return how many passages there are."""
    rng = random.Random(2)
    study = load_study(config)
    with open_store(study.store_url, study.store_shown) as store:
        material = make_material(study, Silent(), store)
        rows = rng.sample(range(len(material.segments)), min(n_coded, len(material.segments)))
        decisions = []
        for row in rows:
            segment = material.segments[row]
            place = {"interview": segment.interview, "start": segment.start, "end": segment.end}
            text = material.interview[segment.interview].text
            quote = text[segment.start : segment.end]
            code = rng.choice(material.codes).name
            decisions += [
                made(CODER, "put", **place, quote=quote, code=code),
                made(CODER, "done", **place, quote=quote),
            ]
        keeper_of(store).append(decisions)
    return len(material.segments)


def press_keys(page: Page, url: str, asked: argparse.Namespace) -> list[dict[str, float]]:
    """Decide ``--passages`` passages by keyboard; return what was measured of every key."""
    page.add_init_script(WATCH)
    page.set_default_timeout(120_000)
    page.goto(url)
    page.fill("#coder", CODER)
    page.keyboard.press("Enter")
    page.wait_for_selector("#passage")
    page.goto(f"{url}?order={asked.order}")
    page.wait_for_selector("#n-done:not(:empty)")
    page.wait_for_timeout(3000)
    page.evaluate("window.measured = []")
    keys = ["1", "ArrowDown", "x", "j", "k", "2", "u", "Enter"]
    for _ in range(asked.passages):
        for key in keys:
            page.keyboard.press(key)
            page.wait_for_timeout(asked.pause)
        page.keyboard.press("j")
        page.wait_for_timeout(asked.pause)
    page.wait_for_timeout(1000)
    return page.evaluate("window.measured")


def report(measured: Sequence[dict[str, float]]) -> None:
    """Print the 50th and 95th percentile by key and overall, in milliseconds."""
    by_key: dict[str, list[dict[str, float]]] = defaultdict(list)
    for one in measured:
        by_key[str(one["key"])].append(one)
    print(f"{'key':<14}{'n':>6}{'changed p50':>13}{'p95':>8}{'painted p95':>13}{'settled p95':>13}")
    for key, found in [*sorted(by_key.items()), ("all", list(measured))]:
        changed = sorted(one["changed"] for one in found)
        painted = sorted(one.get("painted", 0.0) for one in found)
        settled = sorted(one.get("settled", 0.0) for one in found)
        figures = [at(changed, 0.5), at(changed, 0.95), at(painted, 0.95), at(settled, 0.95)]
        cells = "".join(
            f"{figure:>{width}.1f}" for figure, width in zip(figures, (13, 8, 13, 13), strict=True)
        )
        print(f"{key:<14}{len(found):>6}{cells}")


def at(ordered: Sequence[float], share: float) -> float:
    """Return the value below which ``share`` of ``ordered`` lie."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


if __name__ == "__main__":
    main()
