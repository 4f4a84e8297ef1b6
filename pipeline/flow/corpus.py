"""Stages of the room ``corpus``: files to interviews, morphemes, segments, codes, codings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config import Study
from pipeline.engine import batch_bounds
from pipeline.errors import GyeolError, Problem
from pipeline.memory import (
    code_digest,
    digest,
    file_digest,
    keep_only,
    library_version,
    pack,
    unpack,
    write_whole,
)
from pipeline.records import (
    Code,
    Corpus,
    Interview,
    Morphemes,
    MorphologyIndex,
    Reading,
    Segment,
    Shard,
)
from pipeline.runner import Run

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

    from pipeline.corpus.dictionary import Entry
    from pipeline.corpus.morphology import Speech


# What a study's segmentation depends on.
KIWI = ("kiwipiepy", "kiwipiepy_model")

# Characters of interviews whose morphemes are kept in one file: a killed run loses at most
# this much work, about ten seconds of it.
_SHARD_CHARACTERS = 2_000_000


def read_corpus(run: Run) -> Corpus:
    """Read every file of the study that is not yet frozen in the private part."""
    from pipeline.corpus.listing import list_files
    from pipeline.corpus.reading import read_file
    from pipeline.withdrawn import withdrawn_files

    study = run.study
    files = list_files(study.interviews) if study.interviews.is_dir() else ()
    if not files:
        raise GyeolError(no_interviews(study))
    decided = study.config.reading.model_dump()
    settings = digest(code_digest("corpus"), study.config.interviewer, decided)
    texts, withdrawn = [], withdrawn_files(study)
    for number, path in enumerate(files, 1):
        content = file_digest(path)
        if content in withdrawn:
            run.say(_withdrawn(study.shown(path)))
            continue
        name = f"{digest(settings, path.name, content)}.json"
        frozen = _texts(study) / name
        if not frozen.is_file():
            shown = study.shown(path)
            reading = read_file(path, shown, study.config.interviewer, study.reading)
            write_whole(frozen, pack(reading, Reading), private=True)
        texts.append(name)
        run.advanced(number, len(files))
    corpus = Corpus(tuple(texts), file_digest(study.participants) if study.participants else "")
    interviews, problems = _joined(study, corpus)
    run.say(*problems)
    if not interviews:
        raise GyeolError(*run.problems)
    run.shared("interviews", lambda: interviews)
    keep_only(_texts(study), texts)
    return corpus


def interviews_of(run: Run) -> tuple[Interview, ...]:
    """Return the study's interviews out of its private part."""
    return run.shared("interviews", lambda: _joined(run.study, run.result("read"))[0])


def _joined(study: Study, corpus: Corpus) -> tuple[tuple[Interview, ...], tuple[Problem, ...]]:
    from pipeline.corpus.reading import merge

    merged = merge(unpack((_texts(study) / name).read_bytes(), Reading) for name in corpus.texts)
    interviews, mismatches = join_participants(study, merged.interviews)
    return interviews, (*merged.problems, *mismatches)


def join_participants(
    study: Study, interviews: tuple[Interview, ...]
) -> tuple[tuple[Interview, ...], tuple[Problem, ...]]:
    """Join the list of participants; rows of interviews waiting in the inbox are no mismatch."""
    from pipeline.corpus.listing import list_files
    from pipeline.corpus.participants import join, read_participants
    from pipeline.corpus.readers import interview_id

    if study.participants is None:
        return interviews, ()
    rows, problems = read_participants(study.participants, study.shown(study.participants))
    inbox = study.folder / "inbox"
    waiting = {interview_id(path.name) for path in list_files(inbox)} if inbox.is_dir() else set()
    present = {interview.id for interview in interviews}
    rows = tuple(row for row in rows if row.interview in present or row.interview not in waiting)
    joined, mismatches = join(interviews, rows)
    return joined, (*problems, *mismatches)


def no_interviews(study: Study) -> Problem:
    """Say that there is nothing to read, and where it belongs."""
    return Problem(
        "면담이 없습니다. 전사본을 이 폴더에 넣고 다시 실행하세요.",
        "No interviews. Put the transcripts into this folder.",
        study.shown(study.interviews),
    )


def _withdrawn(path: str) -> Problem:
    return Problem(
        "동의를 철회한 면담의 파일이라 읽지 않습니다. 지우세요.",
        "The file of an interview withdrawn by its participant: not read. Delete it.",
        path,
    )


def interview_files(study: Study) -> tuple[Path, ...]:
    """Return the files the interviews are read from."""
    from pipeline.corpus.listing import list_files

    listed = list_files(study.interviews) if study.interviews.is_dir() else ()
    return (*listed, *((study.participants,) if study.participants else ()))


def _texts(study: Study) -> Path:
    return study.private / "texts"


def texts_are_there(run: Run, corpus: Corpus) -> bool:
    """Tell whether every frozen text is still in the private part."""
    return all((_texts(run.study) / name).is_file() for name in corpus.texts)


def analyse_morphology(run: Run) -> MorphologyIndex:
    """Tokenise the interviews whose morphemes are not kept yet, and find those that are."""
    from pipeline.corpus.morphology import answer_pieces

    interviews = interviews_of(run)
    speech = speech_of(run.study)
    settings = digest(
        code_digest("corpus"),
        dictionary_entries(run),
        run.pinned,
        [speech.typos or "", *speech.dialects],
    )
    keys = [digest(settings, list(answer_pieces(interview))) for interview in interviews]
    folder = _shards(run)
    known: dict[str, tuple[str, int]] = {}
    version_of: dict[str, str] = {}
    for path in sorted(folder.glob("*.npz")):
        shard = _shard(run, path.name)
        version_of[path.name] = shard.made_with
        known |= {key: (path.name, place) for place, key in enumerate(shard.keys)}
    new = [index for index, key in enumerate(keys) if key not in known]
    batches = _batches(new, [len(interview.text) for interview in interviews])
    analysed = _analysed(run, [tuple(interviews[index] for index in batch) for batch in batches])
    for batch, morphemes in zip(batches, analysed, strict=True):
        shard = Shard(
            tuple(keys[index] for index in batch), library_version("kiwipiepy"), morphemes
        )
        name = f"{digest(shard.keys)}.npz"
        write_whole(folder / name, pack(shard, Shard), private=True)
        version_of[name] = shard.made_with
        known |= {key: (name, place) for place, key in enumerate(shard.keys)}
    used = sorted({known[key][0] for key in keys})
    keep_only(folder, used)
    number = {name: index for index, name in enumerate(used)}
    made_with: dict[str, int] = {}
    for key in keys:
        version = version_of[known[key][0]]
        made_with[version] = made_with.get(version, 0) + 1
    order = tuple((number[known[key][0]], known[key][1]) for key in keys)
    return MorphologyIndex(tuple(used), order, made_with)


def _analysed(run: Run, batches: Sequence[tuple[Interview, ...]]) -> Iterator[Morphemes]:
    """Yield the morphemes of each batch: by Kiwi's own threads, or by other machines."""
    from pipeline.corpus.morphology import Unread, analyse, analyse_elsewhere

    speech, total, done = speech_of(run.study), sum(map(len, batches)), 0
    if batches and run.engine.remote:
        dictionary = dictionary_of(run)[0]
        unread = [Unread(batch, dictionary, speech) for batch in batches]
        for batch, found in zip(batches, run.engine.map(analyse_elsewhere, unread), strict=True):
            done += len(batch)
            run.advanced(done, total)
            yield found
        return
    if len(batch_bounds([len(one.text) for batch in batches for one in batch])) > 1:
        # What is searched for personal data next is more than one process's work.
        run.engine.prepare()
    for batch in batches:
        yield analyse(
            kiwi_of(run), batch, lambda more, base=done: run.advanced(base + more, total), speech
        )
        done += len(batch)


def morphemes_of(run: Run) -> Morphemes:
    """Return the morphemes of the corpus, joined from where they are kept."""
    from pipeline.corpus.morpheme_columns import join_morphemes

    def join() -> Morphemes:
        index: MorphologyIndex = run.result("morphology")
        return join_morphemes(
            lambda number: _shard(run, index.shards[number]).morphemes,
            index.order,
            [i.id for i in interviews_of(run)],
            run.cache,
        )

    return run.shared("morphemes", join)


def kiwi_of(run: Run) -> Kiwi:
    """Return the Kiwi of this run, which knows the study's dictionary and its dialects."""
    from pipeline.corpus.morphology import load_kiwi

    config = run.study.config
    return run.shared(
        "kiwi",
        lambda: load_kiwi(config.workers, dictionary_of(run)[0], speech_of(run.study).dialects),
    )


def speech_of(study: Study) -> Speech:
    """Return what of spoken Korean the study's answers are read with.

    The codebook's own words are edited text: they are read as written.
    """
    from pipeline.corpus.morphology import Speech

    config = study.config.morphology
    typos = None if config.typos == "off" else config.typos
    return Speech(typos, tuple(sorted(set(config.dialects))))


def dictionary_of(run: Run) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Return the entries of the study's dictionary, and what is wrong with its lines."""
    from pipeline.corpus.dictionary import read_dictionary

    path = run.study.dictionary
    return read_dictionary(path, run.study.shown(path)) if path else ((), ())


def dictionary_entries(run: Run) -> list[list[str]]:
    """Return the dictionary as what a key can hash; says what is wrong with it."""
    entries, problems = dictionary_of(run)
    run.say(*problems)
    return [[entry.form, entry.tag, "joined" if entry.joined else ""] for entry in entries]


def dictionary_synonyms(run: Run) -> tuple[Callable[[str], str], tuple[Problem, ...]]:
    """Return what a term is counted as, and what is wrong with the synonyms."""
    from pipeline.corpus.dictionary import read_synonyms
    from pipeline.mining.synonyms import counting

    path = run.study.dictionary
    if path is None:
        return lambda term: term, ()
    counted_as, problems = read_synonyms(path, run.study.shown(path))
    tags = {entry.form: entry.tag for entry in dictionary_of(run)[0]}
    return counting(counted_as, tags), problems


def stopwords_of(run: Run) -> frozenset[str]:
    """Return the built-in stop words and the study's own."""
    from pipeline.corpus.dictionary import default_stopwords, read_stopwords

    if run.study.stopwords is None:
        return default_stopwords()
    words, problems = read_stopwords(run.study.stopwords, run.study.shown(run.study.stopwords))
    run.say(*problems)
    return default_stopwords() | words


def _shards(run: Run) -> Path:
    """Return the folder of morphemes: in the private part, since they spell every name said."""
    return run.study.private / "morphology"


def _shard(run: Run, name: str) -> Shard:
    return unpack((_shards(run) / name).read_bytes(), Shard)


def shards_are_there(run: Run, index: MorphologyIndex) -> bool:
    """Tell whether every file of morphemes is still in the private part."""
    return all((_shards(run) / name).is_file() for name in index.shards)


def _batches(indices: Sequence[int], lengths: Sequence[int]) -> list[list[int]]:
    """Divide interviews into batches of about ``_SHARD_CHARACTERS`` characters."""
    batches: list[list[int]] = []
    room = 0
    for index in indices:
        if room <= 0:
            batches.append([])
            room = _SHARD_CHARACTERS
        batches[-1].append(index)
        room -= lengths[index]
    return batches


def segment(run: Run) -> tuple[Segment, ...]:
    """Cut the participants' turns into segments."""
    from pipeline.corpus.segments import cut_segments

    settings = run.study.config.segments
    return cut_segments(interviews_of(run), morphemes_of(run), settings.unit, settings.size)


def codebook(run: Run) -> tuple[Code, ...]:
    """Read the codebook; a study without one gets topics and keywords only."""
    from pipeline.corpus.codebook import read_codebook

    path = run.study.codebook
    if path is None:
        run.say(
            Problem(
                "코드북이 없어 대응과 코드 제안을 건너뜁니다. codebook.yaml을 두면 함께 분석합니다.",
                "No codebook: alignment and suggestions are left out.",
                run.study.shown(run.study.folder),
                level="warning",
            )
        )
        return ()
    return read_codebook(path, run.study.shown(path))


def coded_segments(run: Run) -> dict[str, dict[str, frozenset[str]]]:
    """Return, for each coded segment's id, its codes and who put them."""
    from pipeline.corpus.codings import codes_of_segments

    return run.shared(
        "coded", lambda: codes_of_segments(run.result("segments"), run.result("codings"))
    )


def uncoded_rows(run: Run) -> list[int]:
    """Return the rows of the segments nobody has coded."""
    coded = coded_segments(run)
    return [row for row, s in enumerate(run.result("segments")) if s.id not in coded]
