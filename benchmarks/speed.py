"""How fast Gyeol is, as ratios within one run: beside bare Kiwi, beside a plain script, again.

Usage: python benchmarks/speed.py SEGMENTS.jsonl [--interviews 200] [--rounds 3]

The texts of SEGMENTS (JSONL with ``text``) are laid out as interviews of equal length, and each
figure is a median of ``--rounds``. What is measured:

- reading to terms (reading, morphology, personal data, segments, terms), from nothing, against
  ``Kiwi.tokenize`` over the same answers with as many threads;
- the whole of ``gyeol run`` against the script a researcher would write: a text at a time through
  Kiwi, TF-IDF, then gensim's LDA for 5 to 30 topics with their c_v;
- a second run with nothing changed; a run with one interview added, and what of it is Kiwi's
  loading;
- peak memory with half and with all of the interviews.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

TO_TERMS = ("read", "morphology", "privacy", "segments", "terms")
BARE = """
import json, sys, time
from kiwipiepy import Kiwi
answers = json.load(open(sys.argv[1], encoding="utf-8"))
begun = time.perf_counter()
kiwi = Kiwi()
kiwi.tokenize("준비")
loaded = time.perf_counter()
for tokens in kiwi.tokenize(answers):
    pass
print(loaded - begun, time.perf_counter() - loaded)
"""
PLAIN = """
import json, sys, time
begun = time.perf_counter()
from gensim.corpora import Dictionary
from gensim.models import CoherenceModel, LdaModel
from kiwipiepy import Kiwi
from sklearn.feature_extraction.text import TfidfVectorizer
answers = json.load(open(sys.argv[1], encoding="utf-8"))
kiwi = Kiwi()
texts = [[t.form for t in kiwi.tokenize(text) if t.tag in ("NNG", "NNP")] for text in answers]
TfidfVectorizer(analyzer=lambda words: words).fit_transform(texts)
words = Dictionary(texts)
words.filter_extremes(no_below=2, no_above=0.5)
bags = [words.doc2bow(text) for text in texts]
for count in range(5, 31):
    model = LdaModel(bags, num_topics=count, id2word=words, random_state=1)
    CoherenceModel(model, texts=texts, dictionary=words, coherence="c_v").get_coherence()
print(time.perf_counter() - begun)
"""
RUN = """
import resource, sys
from pipeline.cli import main
sys.argv = ["gyeol", "run", sys.argv[1], "--json"]
try:
    main()
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("segments", type=Path)
    parser.add_argument("--interviews", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with arguments.segments.open(encoding="utf-8") as lines:
        texts = [" ".join(json.loads(line)["text"].split()) for line in lines]
    interviews = laid_out(texts, arguments.interviews)
    characters = sum(len(answer) for answers in interviews for answer in answers)
    print(f"{len(interviews)} interviews, {characters / 1e6:.2f} million characters of answers")
    rows = [measure(interviews) for _ in range(arguments.rounds)]
    middle = {name: statistics.median(row[name] for row in rows) for name in rows[0]}
    kiwi = middle["kiwi"]
    print(f"bare Kiwi.tokenize              {kiwi:7.1f} s  1.00")
    print(
        f"reading to terms, cold          {middle['to_terms']:7.1f} s  {middle['to_terms'] / kiwi:.2f}"
    )
    print(f"gyeol run, cold                 {middle['cold']:7.1f} s  {middle['cold'] / kiwi:.2f}")
    print(f"a plain script                  {middle['plain']:7.1f} s  {middle['plain'] / kiwi:.2f}")
    print(f"  it takes so many times gyeol run      {middle['plain'] / middle['cold']:7.1f}")
    print(f"nothing changed                 {middle['again']:7.2f} s")
    print(f"one interview added             {middle['added']:7.2f} s")
    print(
        f"  over loading Kiwi ({middle['loading']:.1f} s)     {middle['added'] - middle['loading']:7.2f} s"
    )
    print(f"peak memory, half of them       {middle['half_peak'] / 1e3:7.0f} MB")
    print(f"peak memory, all                {middle['peak'] / 1e3:7.0f} MB")


def laid_out(texts: Sequence[str], count: int) -> list[list[str]]:
    """Return ``count`` interviews and one more, each a list of answers."""
    return [list(texts[number :: count + 1]) for number in range(count + 1)]


def measure(interviews: Sequence[Sequence[str]]) -> dict[str, float]:
    """Return seconds and kB of one round; the last interview is the one added."""
    known, added = interviews[:-1], interviews[-1]
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers.json"
        answers.write_text(json.dumps([a for some in known for a in some]), encoding="utf-8")
        loading, kiwi = map(float, python(BARE, answers).stdout.split())
        plain = float(python(PLAIN, answers).stdout)
        half = study(Path(folder) / "half", known[::2])
        half_peak = float(python(RUN, half).stderr.split()[-1])
        config = study(Path(folder) / "all", known)
        done, cold = timed(lambda: python(RUN, config))
        stages = {row["name"]: row["seconds"] for row in json.loads(done.stdout)["stages"]}
        _, again = timed(lambda: python(RUN, config))
        write(config.parent.parent / "corpora/speed/interviews", len(known), added)
        _, after = timed(lambda: python(RUN, config))
    return {
        "loading": loading,
        "kiwi": kiwi,
        "plain": plain,
        "to_terms": sum(stages[name] for name in TO_TERMS) - loading,
        "cold": cold,
        "again": again,
        "added": after,
        "peak": float(done.stderr.split()[-1]),
        "half_peak": half_peak,
    }


def study(folder: Path, interviews: Sequence[Sequence[str]]) -> Path:
    """Make a study of ``interviews`` and return its config."""
    corpus = folder / "corpora/speed/interviews"
    corpus.mkdir(parents=True)
    (folder / "configs").mkdir()
    for number, answers in enumerate(interviews):
        write(corpus, number, answers)
    config = folder / "configs/speed.yaml"
    config.write_text("title: speed\n", encoding="utf-8")
    return config


def write(folder: Path, number: int, answers: Sequence[str]) -> None:
    """Write one interview."""
    turns = (f"질문: 그다음은요?\n답변: {answer}\n" for answer in answers)
    (folder / f"P{number:05d}.txt").write_text("".join(turns), encoding="utf-8")


def timed(
    work: Callable[[], subprocess.CompletedProcess[str]],
) -> tuple[subprocess.CompletedProcess[str], float]:
    """Return what ``work`` gives and the seconds it took."""
    begun = time.perf_counter()
    done = work()
    return done, time.perf_counter() - begun


def python(code: str, argument: Path) -> subprocess.CompletedProcess[str]:
    """Run ``code`` in a process of its own."""
    command = [sys.executable, "-c", code, str(argument)]
    return subprocess.run(command, capture_output=True, text=True, check=True)


if __name__ == "__main__":
    main()
