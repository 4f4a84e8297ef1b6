"""Token accuracy of Gyeol's settings of Kiwi beside Kiwi's own, on sentences with gold morphemes.

Usage: python benchmarks/morphology.py GOLD.jsonl [--dictionary FILE]

A line of GOLD: ``{"text": …, "eojeols": [{"morphs": […], "tags": […]}, …]}`` (KLUE-DP's shape,
Sejong tags). A token counts as right where the same 어절 has one of the same form and tag, as
often as gold has it; which of two equal ones stands first makes no difference.

Tag sets and habits differ, so both sides are brought to one before comparing:

- irregular marks are dropped (VV-I is VV); brackets and quotes SSO, SSC are SS; Kiwi's codas
  (Z_CODA, Z_SIOT) and tokens for URLs, mail, serials are left as they are: they count as wrong;
- jamo are compatibility jamo (ᆫ is ㄴ);
- endings lose what the vowel before chooses: 아, 여 are 어 (봤: 보 + 았 is 보 + 었), in both;
- sentences whose gold has more tags than morphemes are left out;
- marks (tags beginning with S, foreign words, numerals and Chinese signs apart) do not count.

«words» are NNG, NNP, XR, SL, VV, VA: what a study keeps. «nouns» takes NNG for NNP, since the
two are often a matter of taste. «cut» compares forms only.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args

from kiwipiepy import Kiwi

from pipeline.corpus.dictionary import Entry, read_dictionary
from pipeline.corpus.morphology import load_kiwi
from pipeline.settings.corpus import Dialect, Typos

if TYPE_CHECKING:
    from kiwipiepy import Token

Read = tuple[int, str, str]

EXAMPLE = Path(__file__).parents[1] / "corpora" / "resident_school" / "dictionary.txt"

_WORDS = {"NNG", "NNP", "XR", "SL", "VV", "VA"}
_NOUNS = {"NNG", "NNP"}
_SIGNS = {"SL", "SN", "SH"}
_JAMO = dict(zip("ᆨᆫᆮᆯᆷᆸᆺᆻᆼ", "ㄱㄴㄷㄹㅁㅂㅅㅆㅇ", strict=True))
VIEWS: dict[str, Callable[[Read], Read | None]] = {
    "all": lambda read: read,
    "cut": lambda read: (read[0], read[1], ""),
    "words": lambda read: read if read[2] in _WORDS else None,
    "nouns": lambda read: (read[0], read[1], "N") if read[2] in _NOUNS else None,
}


def main() -> None:
    """Print a row for each setting."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--dictionary", type=Path, default=EXAMPLE)
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.gold.read_text("utf-8").splitlines()]
    rows = [row for row in rows if all(len(w["morphs"]) == len(w["tags"]) for w in row["eojeols"])]
    gold = [gold_reads(row) for row in rows]
    print(f"{len(rows)} sentences, {sum(len(reads) for reads in gold)} gold morphemes, F1")
    print(f"{'setting':44} {'all':>6} {'cut':>6} {'words':>6} {'nouns':>6} {'s':>6}")
    entries, _ = read_dictionary(arguments.dictionary, arguments.dictionary.name)
    for name, kiwi, options in settings(entries):
        begun = time.perf_counter()
        analysed = cast(
            "Iterable[list[Token]]", kiwi.tokenize([r["text"] for r in rows], **options)
        )
        found = [kiwi_reads(r["text"], tokens) for r, tokens in zip(rows, analysed, strict=True)]
        seconds = time.perf_counter() - begun
        scores = [f1(gold, found, view) for view in VIEWS.values()]
        print(f"{name:44} " + " ".join(f"{s:6.4f}" for s in scores) + f" {seconds:6.2f}")


def settings(dictionary: Sequence[Entry]) -> Iterable[tuple[str, Kiwi, dict[str, Any]]]:
    """Yield name, Kiwi and options of ``tokenize`` for each setting compared."""
    yield "Kiwi's defaults", Kiwi(num_workers=1), {}
    yield "Gyeol, no dictionary", load_kiwi(1), {}
    yield "Gyeol, with a dictionary", load_kiwi(1, dictionary), {}
    for tolerance in (0, 1):
        kiwi = load_kiwi(1, dictionary)
        kiwi.global_config.space_tolerance = tolerance
        yield f"  the same, space_tolerance={tolerance}", kiwi, {}
    ours = load_kiwi(1)
    for typos in get_args(Typos)[1:]:
        yield f"Gyeol, typos={typos}", ours, {"typos": typos}
    every = ",".join(get_args(Dialect))
    for dialects in ("gyeongsang", "jeolla", every):
        name = "all" if dialects == every else dialects
        spoken = load_kiwi(1, (), dialects.split(","))
        yield f"Gyeol, dialects={name}", spoken, {"allowed_dialects": dialects}
    yield "  the same, typos=basic", spoken, {"allowed_dialects": every, "typos": "basic"}
    yield "Gyeol, oov_handling=chr_freq", ours, {"oov_handling": "chr_freq"}
    yield "Gyeol, oov_handling=rule", ours, {"oov_handling": "rule"}
    yield "Gyeol, z_coda=False", ours, {"z_coda": False}
    yield "Gyeol, split_complex", ours, {"split_complex": True}
    yield "Gyeol, normalize_coda", ours, {"normalize_coda": True}


def gold_reads(row: dict[str, Any]) -> list[Read]:
    """Return (어절, form, tag) of a gold sentence, marks left out."""
    return [
        (place, *alike(form, tag))
        for place, word in enumerate(row["eojeols"])
        for form, tag in zip(word["morphs"], word["tags"], strict=True)
        if not _is_mark(tag)
    ]


def kiwi_reads(text: str, tokens: Iterable[Token]) -> list[Read]:
    """Return (어절, form, tag) of Kiwi's tokens; one over a blank belongs to its first 어절."""
    place, inside = [], -1
    for before, sign in zip(" " + text, text, strict=False):
        inside += before.isspace() and not sign.isspace()
        place.append(inside)
    return [
        (place[token.start], *alike(token.form, token.tag))
        for token in tokens
        if not _is_mark(token.tag)
    ]


def alike(form: str, tag: str) -> tuple[str, str]:
    """Bring form and tag of either side to what both can say."""
    tag = tag.partition("-")[0]
    form = "".join(_JAMO.get(sign, sign) for sign in form)
    if tag[0] == "E" and form[0] in "아여":
        form = "어" + form[1:]
    if tag == "EP" and form in ("았", "였"):
        form = "었"
    return form, tag


def _is_mark(tag: str) -> bool:
    return tag[0] == "S" and tag not in _SIGNS


def f1(
    gold: list[list[Read]], found: list[list[Read]], view: Callable[[Read], Read | None]
) -> float:
    """Return the F1 of all tokens together (micro), 0 to 1."""
    right = n_gold = n_found = 0
    for wanted, given in zip(gold, found, strict=True):
        one = Counter(read for read in map(view, wanted) if read)
        other = Counter(read for read in map(view, given) if read)
        right += (one & other).total()
        n_gold += one.total()
        n_found += other.total()
    return 2 * right / (n_gold + n_found)


if __name__ == "__main__":
    main()
