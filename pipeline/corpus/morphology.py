"""Kiwi's morphemes of interviews, as columns.

Only participants' turns are analysed, stage directions blanked out before. Turns go to
Kiwi as one stream, so that its threads stay busy across interviews.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from pipeline.corpus.dictionary import Entry
from pipeline.corpus.directions import blank_directions
from pipeline.records import Interview, Morphemes

if TYPE_CHECKING:
    from kiwipiepy import Kiwi, Token
    from kiwipiepy._wrap import POSTag

# Kiwi's memory grows with the length of one text; no answer is this long, but a file
# without turns may be one stretch.
_LONGEST_PIECE = 10_000
_CUT_AT = ("\n", ". ", "? ", "! ", " ")
# How many blanks inside a word of the dictionary are overlooked.
_BLANKS_INSIDE = 2
# Kiwi hands it back with each token of an entry that blanks make another word.
_JOINED_ONLY = "joined"


@dataclass(frozen=True, slots=True)
class Speech:
    """What Kiwi reads for what it stands for: ``typos`` of its kinds (``None``: none), dialects.

    The names are Kiwi's own: ``basic`` … ``all``, ``gangwon`` … ``jeju``. A Kiwi reads only
    the dialects that it was loaded with.
    """

    typos: str | None = None
    dialects: tuple[str, ...] = ()


AS_WRITTEN = Speech()


_TYPOS = {
    "basic": ("흔한 오타로 적힌 말", "Common typos"),
    "continual": ("소리 나는 대로 이어 적은 말", "Words written as they run on"),
    "basic_with_continual": (
        "흔한 오타와 이어 적은 말",
        "Common typos and words written as they run on",
    ),
    "lengthening": ("늘여 적은 말", "Words drawn out"),
    "all": (
        "오타와 이어 적거나 늘여 적은 말",
        "Typos and words written as they run on or drawn out",
    ),
}
_DIALECTS = {
    "gyeonggi": ("경기", "Gyeonggi"), "chungcheong": ("충청", "Chungcheong"), "gangwon": ("강원", "Gangwon"),
    "gyeongsang": ("경상", "Gyeongsang"), "jeolla": ("전라", "Jeolla"), "jeju": ("제주", "Jeju"),
    "hwanghae": ("황해", "Hwanghae"), "hamgyeong": ("함경", "Hamgyeong"), "pyeongan": ("평안", "Pyeongan"),
}  # fmt: skip


def methods_text(speech: Speech) -> dict[str, str]:
    """Return the methods paragraph's sentences on ``speech``, empty for words as written."""
    ko, en = "", ""
    if speech.typos:
        ko_typos, en_typos = _TYPOS[speech.typos]
        ko += f" {ko_typos}은 바로잡은 꼴로 읽었다(원문은 그대로 두었다)."
        en += f" {en_typos} were read as what they stand for, the text left as it is."
    if speech.dialects:
        named = [_DIALECTS[dialect] for dialect in speech.dialects]
        ko += f" 표준어와 함께 방언({', '.join(ko for ko, _ in named)})도 인식하게 했다."
        en += f" Dialects ({', '.join(en for _, en in named)}) were read beside the standard language."
    return {"ko": ko, "en": en}


def load_kiwi(workers: int, dictionary: Sequence[Entry] = (), dialects: Sequence[str] = ()) -> Kiwi:
    """Return a Kiwi with ``workers`` threads (0: one a core) that knows ``dictionary``."""
    from kiwipiepy import Kiwi

    kiwi = Kiwi(num_workers=workers or None, enabled_dialects=",".join(dialects) or None)
    # «중간 지원 조직» meets the entry «중간지원조직» only when blanks inside are tolerated.
    tolerant = any(not entry.joined for entry in dictionary)
    kiwi.global_config.space_tolerance = _BLANKS_INSIDE if tolerant else 0
    for entry in dictionary:
        value = _JOINED_ONLY if entry.joined else None
        kiwi.add_user_word(entry.form, cast("POSTag", entry.tag), user_value=value)
    return kiwi


def tokens(kiwi: Kiwi, text: str) -> list[Token]:
    """Return the morphemes of one text."""
    return cast("list[Token]", kiwi.tokenize(text))


def parts_of(kiwi: Kiwi, form: str) -> list[Token]:
    """Return the morphemes of a word that Kiwi may not read as a whole."""
    # As a pair with no tag: a bare «A/S» would be read as the form A with the tag S.
    blocked = cast("list[str]", [(form, "")])
    found = cast("list[Token]", kiwi.tokenize(form, blocklist=blocked))
    return [token for token in found if token.form != form]


def tokens_of_each(
    kiwi: Kiwi, texts: Iterable[str], speech: Speech = AS_WRITTEN
) -> Iterator[list[Token]]:
    """Yield the morphemes of each of ``texts``, in their order, by all of Kiwi's threads."""
    options: dict[str, Any] = {"typos": speech.typos}
    if speech.dialects:
        options["allowed_dialects"] = ",".join(speech.dialects)
    read = cast("Iterator[tuple[list[Token], str]]", kiwi.tokenize(texts, echo=True, **options))
    for first, text in read:
        found = first
        parted: set[tuple[int, int]] = set()
        # Parting one word can join another that was not joined before: until none is new.
        while new := set(_words_to_part(found, text)) - parted:
            parted |= new
            again = kiwi.tokenize(text, pretokenized=cast("Any", sorted(parted)), **options)
            # Kiwi adds now and then, beside «ㅋㅋ», a token of what follows with a length of -1.
            found = [t for t in cast("list[Token]", again) if t.start + t.len <= len(text)]
        # Kiwi places a contracted ending now and then before the verb it is part of.
        starts = [token.start for token in found]
        yield found if starts == sorted(starts) else sorted(found, key=lambda token: token.start)


def _words_to_part(found: Iterable[Token], text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans to be read by themselves where a token reaches over a blank and may not.

    The last word is not among them: what follows the token is part of it.
    """
    for token in [token for token in found if token.user_value == _JOINED_ONLY]:
        start = token.start
        for place in range(token.start, token.start + token.len):
            if text[place].isspace():
                if start < place:
                    yield start, place
                start = place + 1


def term_of(token: Token) -> str:
    """Return a morpheme as ``"form/TAG"``; marks of irregular conjugation are dropped."""
    return f"{token.form}/{token.tag.partition('-')[0]}"


def analyse(
    kiwi: Kiwi,
    interviews: Sequence[Interview],
    done: Callable[[int], None] = lambda _: None,
    speech: Speech = AS_WRITTEN,
) -> Morphemes:
    """Return the morphemes of ``interviews``, in their order.

    Irregular conjugation marks are dropped from tags (``VV-I`` becomes ``VV``). ``done`` is
    told how many interviews are finished.
    """
    pieces = [
        (index, offset, text)
        for index, interview in enumerate(interviews)
        for offset, text in answer_pieces(interview)
    ]
    known = _Known()
    code, start, end, sentence = array("i"), array("i"), array("i"), array("i")
    bounds, next_sentence = [0], 0
    analysed = tokens_of_each(kiwi, (text for _, _, text in pieces), speech)
    for (index, offset, _), found in zip(pieces, analysed, strict=True):
        while len(bounds) <= index:
            bounds.append(len(code))
            next_sentence = 0
            done(len(bounds) - 1)
        # A column at a time: Kiwi makes a Python object of each token and of all it is asked for.
        code.extend(known.codes(found))
        start.extend([offset + token.start for token in found])
        end.extend([offset + token.end for token in found])
        sentence.extend([next_sentence + token.sent_position for token in found])
        next_sentence += found[-1].sent_position + 1 if found else 0
    bounds += [len(code)] * (len(interviews) + 1 - len(bounds))
    done(len(interviews))
    return Morphemes(
        vocabulary=tuple(known.vocabulary),
        code=np.array(code, np.int32),
        start=np.array(start, np.int32),
        end=np.array(end, np.int32),
        sentence=np.array(sentence, np.int32),
        interviews=tuple(interview.id for interview in interviews),
        bounds=np.array(bounds, np.int64),
        guessed=tuple(sorted(known.guessed)),
    )


class _Known:
    """The terms met so far, and those of them that Kiwi did not know when they came first."""

    def __init__(self) -> None:
        self.vocabulary: dict[str, int] = {}
        self.guessed: set[str] = set()
        self._seen: dict[tuple[str, str], int] = {}

    def codes(self, found: Sequence[Token]) -> list[int]:
        """Return each token's place in ``vocabulary``, which grows by what is new."""
        keys = [(token.form, token.tag) for token in found]
        for place in [place for place, key in enumerate(keys) if key not in self._seen]:
            term = term_of(found[place])
            if keys[place] not in self._seen and found[place].oov:
                self.guessed.add(term)
            code = self.vocabulary.setdefault(term, len(self.vocabulary))
            self._seen.setdefault(keys[place], code)
        return [self._seen[key] for key in keys]


@dataclass(frozen=True, slots=True)
class Unread:
    """Interviews to be analysed elsewhere, with all that Kiwi has to know there."""

    interviews: tuple[Interview, ...]
    dictionary: tuple[Entry, ...]
    speech: Speech


def analyse_elsewhere(unread: Unread) -> Morphemes:
    """Return what ``analyse`` does, in a process that has no Kiwi yet; it keeps the one it loads."""
    kiwi = _kiwi_here(unread.dictionary, unread.speech.dialects)
    return analyse(kiwi, unread.interviews, speech=unread.speech)


@lru_cache(maxsize=1)
def _kiwi_here(dictionary: tuple[Entry, ...], dialects: tuple[str, ...]) -> Kiwi:
    return load_kiwi(1, dictionary, dialects)


def answer_pieces(interview: Interview) -> Iterator[tuple[int, str]]:
    """Yield ``(offset, text)`` of what Kiwi is to see: participants' turns, long ones cut."""
    for turn in interview.turns:
        if turn.role != "participant":
            continue
        text = blank_directions(interview.text[turn.start : turn.end])
        for start, end in _cut(text):
            yield turn.start + start, text[start:end]


def _cut(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while len(text) - start > _LONGEST_PIECE:
        limit = start + _LONGEST_PIECE
        ends = (text.rfind(mark, start, limit) + len(mark) for mark in _CUT_AT)
        end = next((e for e in ends if e > start + _LONGEST_PIECE // 2), limit)
        yield start, end
        start = end
    yield start, len(text)


def pick_interviews(morphemes: Morphemes, chosen: Sequence[int]) -> Morphemes:
    """Return the morphemes of the interviews at the places ``chosen``, and no more of the words."""
    low, high = morphemes.bounds[:-1][chosen], morphemes.bounds[1:][chosen]
    spans = [np.arange(a, b) for a, b in zip(low.tolist(), high.tolist(), strict=True)]
    rows = np.concatenate(spans) if spans else np.empty(0, np.int64)
    chosen_codes = morphemes.code[rows]
    # As np.unique does, without sorting.
    is_used = np.zeros(len(morphemes.vocabulary), bool)
    is_used[chosen_codes] = True
    used, code = np.flatnonzero(is_used), (np.cumsum(is_used) - 1)[chosen_codes]
    vocabulary = tuple(morphemes.vocabulary[index] for index in used.tolist())
    return Morphemes(
        vocabulary=vocabulary,
        code=code.astype(np.int32),
        start=morphemes.start[rows],
        end=morphemes.end[rows],
        sentence=morphemes.sentence[rows],
        interviews=tuple(morphemes.interviews[index] for index in chosen),
        bounds=np.concatenate([[0], np.cumsum(high - low)]).astype(np.int64),
        guessed=tuple(sorted(set(vocabulary) & set(morphemes.guessed))),
    )


def keep_rows(morphemes: Morphemes, keep: np.ndarray) -> Morphemes:
    """Return the rows of ``morphemes`` for which the mask ``keep`` is true."""
    kept_before = np.concatenate([[0], np.cumsum(keep)])
    return Morphemes(
        vocabulary=morphemes.vocabulary,
        code=morphemes.code[keep],
        start=morphemes.start[keep],
        end=morphemes.end[keep],
        sentence=morphemes.sentence[keep],
        interviews=morphemes.interviews,
        bounds=kept_before[morphemes.bounds],
        guessed=morphemes.guessed,
    )
