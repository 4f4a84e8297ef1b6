"""A cold ``gyeol run`` beside bare tokenisation of the same text and topic fitting alone.

Usage: python benchmarks/cold_run.py SEGMENTS.jsonl [CODEBOOK] [--rounds 3]
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARE = """
import json, sys, time
from kiwipiepy import Kiwi
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
begun = time.perf_counter()
kiwi = Kiwi()
for tokens in kiwi.tokenize(texts):
    pass
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
    """Measure ``--rounds`` times in turn and print medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("segments", type=Path)
    parser.add_argument("codebook", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    rows = [measure(arguments.segments, arguments.codebook) for _ in range(arguments.rounds)]
    bare, cold, topics, again, peak = (
        statistics.median(column) for column in zip(*rows, strict=True)
    )
    print(f"bare Kiwi.tokenize          {bare:6.1f} s")
    print(f"topics alone                {topics:6.1f} s")
    print(f"cold gyeol run              {cold:6.1f} s")
    print(f"nothing changed, run again  {again:6.2f} s")
    print(f"peak memory of the run      {peak / 1e6:6.2f} GB")
    print(f"cold run / (bare + topics)  {cold / (bare + topics):6.2f}")


def measure(segments: Path, codebook: Path | None) -> tuple[float, float, float, float, float]:
    """Return seconds of bare tokenising, cold run, its topics, a second run; and peak kB."""
    bare = float(_python(BARE, str(segments)).stdout)
    with tempfile.TemporaryDirectory() as folder:
        given = ["--codebook", str(codebook)] if codebook else []
        command = ["init", "bench", "--corpus", str(segments), *given, "--at", folder]
        subprocess.run(
            [sys.executable, "-m", "pipeline.cli", *command], check=True, capture_output=True
        )
        config = f"{folder}/configs/bench.yaml"
        begun = time.perf_counter()
        done = _python(RUN, config)
        cold = time.perf_counter() - begun
        begun = time.perf_counter()
        _python(RUN, config)
        again = time.perf_counter() - begun
    stages = {row["name"]: row["seconds"] for row in json.loads(done.stdout)["stages"]}
    return bare, cold, stages["topics"], again, float(done.stderr.split()[-1])


def _python(code: str, argument: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, argument], capture_output=True, text=True, check=False
    )


if __name__ == "__main__":
    main()
