"""What each stage does: hand the results of earlier stages to a room's function.

The table that orders them is ``stages.STAGES``. Rooms are imported where they are used: a
run in which nothing changed loads none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config import Study
from pipeline.errors import GyeolError, Problem
from pipeline.memory import code_digest, digest, file_digest, keep_only, pack, unpack, write_whole
from pipeline.records import (
    Analysis,
    Code,
    CodeTerms,
    Coding,
    Corpus,
    Interview,
    Keyword,
    Match,
    Morphemes,
    MorphologyIndex,
    Reading,
    Segment,
    Shard,
    Suggested,
    Terms,
    TopicModel,
    Vectors,
    Written,
)
from pipeline.runner import Run

if TYPE_CHECKING:
    import numpy as np
    from kiwipiepy import Kiwi

# What a study's segmentation depends on.
KIWI = ("kiwipiepy", "kiwipiepy_model")

# Characters of interviews whose morphemes are kept in one file: a killed run loses at most
# this much work, about ten seconds of it.
_SHARD_CHARACTERS = 2_000_000


# ── corpus ──────────────────────────────────────────────────────────────────────────


def read_corpus(run: Run) -> Corpus:
    """Read every file of the study that is not yet frozen in the private part."""
    from pipeline.corpus.reading import list_files, read_file

    study = run.study
    files = list_files(study.interviews) if study.interviews.is_dir() else ()
    if not files:
        raise GyeolError(no_interviews(study))
    settings = digest(code_digest("corpus"), study.config.interviewer)
    texts = []
    for number, path in enumerate(files, 1):
        name = f"{digest(settings, path.name, file_digest(path))}.json"
        frozen = _texts(study) / name
        if not frozen.is_file():
            reading = read_file(path, study.shown(path), study.config.interviewer)
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
    """Join what participants.csv says; rows of interviews waiting in the inbox are no mismatch."""
    from pipeline.corpus.participants import join, read_participants
    from pipeline.corpus.reading import list_files

    if study.participants is None:
        return interviews, ()
    rows, problems = read_participants(study.participants, study.shown(study.participants))
    inbox = study.folder / "inbox"
    waiting = {path.stem for path in list_files(inbox)} if inbox.is_dir() else set()
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


def interview_files(study: Study) -> tuple[Path, ...]:
    """Return the files the interviews are read from."""
    from pipeline.corpus.reading import list_files

    listed = list_files(study.interviews) if study.interviews.is_dir() else ()
    return (*listed, *((study.participants,) if study.participants else ()))


def _texts(study: Study) -> Path:
    return study.private / "texts"


def texts_are_there(run: Run, corpus: Corpus) -> bool:
    return all((_texts(run.study) / name).is_file() for name in corpus.texts)


def analyse_morphology(run: Run) -> MorphologyIndex:
    """Tokenise the interviews whose morphemes are not kept yet, and find those that are."""
    from pipeline.corpus.morphology import analyse, answer_pieces

    interviews = interviews_of(run)
    settings = digest(code_digest("corpus"), _dictionary_entries(run), run.pinned)
    keys = [digest(settings, list(answer_pieces(interview))) for interview in interviews]
    folder = _shards(run)
    known = {
        key: (path.name, place)
        for path in sorted(folder.glob("*.npz"))
        for place, key in enumerate(_shard(run, path.name).keys)
    }
    new = [index for index, key in enumerate(keys) if key not in known]
    finished = len(keys) - len(new)
    for batch in _batches(new, [len(interview.text) for interview in interviews]):
        morphemes = analyse(
            kiwi_of(run),
            [interviews[index] for index in batch],
            lambda done, base=finished: run.advanced(base + done, len(keys)),
        )
        shard = Shard(tuple(keys[index] for index in batch), run.version("kiwipiepy"), morphemes)
        name = f"{digest(shard.keys)}.npz"
        write_whole(folder / name, pack(shard, Shard))
        run.shared(f"shard {name}", lambda made=shard: made)
        known |= {key: (name, place) for place, key in enumerate(shard.keys)}
        finished += len(batch)
    used = sorted({known[key][0] for key in keys})
    keep_only(folder, used)
    number = {name: index for index, name in enumerate(used)}
    made_with: dict[str, int] = {}
    for key in keys:
        version = _shard(run, known[key][0]).made_with
        made_with[version] = made_with.get(version, 0) + 1
    order = tuple((number[known[key][0]], known[key][1]) for key in keys)
    return MorphologyIndex(tuple(used), order, made_with)


def morphemes_of(run: Run) -> Morphemes:
    """Return the morphemes of the corpus, joined from where they are kept."""
    from pipeline.corpus.morphology import join_morphemes

    def join() -> Morphemes:
        index: MorphologyIndex = run.result("morphology")
        parts = [_shard(run, name).morphemes for name in index.shards]
        return join_morphemes(parts, index.order, [i.id for i in interviews_of(run)])

    return run.shared("morphemes", join)


def kiwi_of(run: Run) -> Kiwi:
    """Return the Kiwi of this run, which knows the study's dictionary."""
    from pipeline.corpus.morphology import load_kiwi

    return run.shared("kiwi", lambda: load_kiwi(run.study.config.workers, _dictionary(run)[0]))


def _dictionary(run: Run) -> tuple[tuple, tuple[Problem, ...]]:
    from pipeline.corpus.dictionary import read_dictionary

    path = run.study.dictionary
    return read_dictionary(path, run.study.shown(path)) if path else ((), ())


def _dictionary_entries(run: Run) -> list[list[str]]:
    entries, problems = _dictionary(run)
    run.say(*problems)
    return [[entry.form, entry.tag] for entry in entries]


def _stopwords(run: Run) -> frozenset[str]:
    from pipeline.corpus.dictionary import default_stopwords, read_stopwords

    if run.study.stopwords is None:
        return default_stopwords()
    words, problems = read_stopwords(run.study.stopwords, run.study.shown(run.study.stopwords))
    run.say(*problems)
    return default_stopwords() | words


def _shards(run: Run) -> Path:
    return run.cache / "morphology"


def _shard(run: Run, name: str) -> Shard:
    return run.shared(f"shard {name}", lambda: unpack((_shards(run) / name).read_bytes(), Shard))


def shards_are_there(run: Run, index: MorphologyIndex) -> bool:
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


# ── mining ──────────────────────────────────────────────────────────────────────────


def count(run: Run) -> Terms:
    """Count the terms of every segment."""
    from pipeline.mining.terms import count_terms

    tags = run.study.config.morphology.tags
    return count_terms(run.result("segments"), morphemes_of(run), tags, _stopwords(run))


def keywords(run: Run) -> tuple[Keyword, ...]:
    """Rank the keywords of the corpus and of each group."""
    from pipeline.mining.keywords import find_keywords, group_segments
    from pipeline.mining.terms import frequent_terms

    config = run.study.config
    terms = frequent_terms(run.result("terms"), config.terms.min_segments)
    groups = group_segments(run.result("segments"), config.keywords.group)
    return find_keywords(terms, groups, config.keywords.methods, config.keywords.top)


def topics(run: Run) -> TopicModel:
    """Find topics; says so when there is too little text for the number asked for."""
    from pipeline.mining.terms import choose_terms
    from pipeline.mining.topics import choose_count, find_topics

    config = run.study.config
    terms = choose_terms(
        run.result("terms"), config.topics.tags, config.terms.min_segments, config.terms.max_share
    )
    wanted = config.topics.count
    number = choose_count(wanted, terms)
    if wanted != "auto" and number < wanted:
        run.say(
            Problem(
                f"토픽 {wanted}개를 찾기에는 자료가 적어 {number}개만 찾습니다. topics.count를 줄이세요.",
                f"Too little text for {wanted} topics; {number} are looked for. Lower topics.count.",
                run.study.shown(run.study.config_path),
                level="warning",
            )
        )
    return find_topics(terms, config.topics.method, number, config.seed)


# ── themes ──────────────────────────────────────────────────────────────────────────


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


def code_terms(run: Run) -> CodeTerms:
    """Take the codes' descriptions apart into terms."""
    from scipy.sparse import csr_matrix

    from pipeline.themes.code_terms import describe_codes

    codes: tuple[Code, ...] = run.result("codebook")
    if not codes:  # and no need to load Kiwi
        return CodeTerms((), (), csr_matrix((0, 0)), csr_matrix((0, 0)))
    tags = run.study.config.morphology.tags
    return describe_codes(kiwi_of(run), codes, tags, _stopwords(run))


def codings(run: Run) -> tuple[Coding, ...]:
    """Read the codings and place them in the text."""
    from pipeline.corpus.codings import read_codings

    path = run.study.codings
    if path is None:
        return ()
    found, problems = read_codings(
        path,
        run.study.shown(path),
        interviews_of(run),
        run.result("segments"),
        run.result("codebook"),
    )
    run.say(*problems)
    return found


def vectors(run: Run) -> Vectors:
    """Look up the vectors of the words that alignment and suggestion compare.

    Those of an earlier run are taken over: an edited definition costs its new words.
    """
    import numpy as np

    from pipeline.mining.vectors import DIMENSIONS, find_vectors

    described: CodeTerms = run.result("code_terms")
    versions = [run.version(library) for library in KIWI]
    made_with = digest(code_digest("mining"), versions, _dictionary_entries(run))
    if not described.codes:
        return Vectors((), np.zeros((0, DIMENSIONS), np.float32), made_with)
    words = set(described.vocabulary)
    words |= {term for topic in run.result("topics").topics for term, _ in topic.terms}
    if _uncoded(run):
        words |= set(run.result("terms").vocabulary)
    earlier = run.kept_at("vectors")
    return find_vectors(
        kiwi_of(run),
        sorted(words),
        made_with,
        unpack(earlier.read_bytes(), Vectors) if earlier.is_file() else None,
        lambda done: run.advanced(done, len(words)),
    )


def _uncoded(run: Run) -> list[int]:
    """Return the rows of the segments nobody has coded."""
    coded = _coded(run)
    return [row for row, s in enumerate(run.result("segments")) if s.id not in coded]


def _coded(run: Run) -> dict[str, dict[str, frozenset[str]]]:
    from pipeline.corpus.codings import codes_of_segments

    return run.shared(
        "coded", lambda: codes_of_segments(run.result("segments"), run.result("codings"))
    )


def _meanings(run: Run) -> dict[str, np.ndarray]:
    """Return the vectors to compare, by term, with what all words share taken out."""
    from pipeline.mining.vectors import spread

    found: Vectors = run.result("vectors")
    return run.shared("meanings", lambda: dict(zip(found.vocabulary, spread(found), strict=True)))


def alignment(run: Run) -> tuple[Match, ...]:
    """Lay every topic on every code."""
    from pipeline.themes.alignment import align

    model, described = run.result("topics"), run.result("code_terms")
    return align(model, described, _meanings(run), run.study.config.seed)


def suggestions(run: Run) -> Suggested:
    """Suggest codes for the segments nobody has coded."""
    from pipeline.themes.alignment import match_scores
    from pipeline.themes.suggester import suggest

    segments: tuple[Segment, ...] = run.result("segments")
    described: CodeTerms = run.result("code_terms")
    rows = _uncoded(run)
    if not described.codes or not rows:
        return Suggested((), calibrated=False, methods_text={})
    coded = _coded(run)
    model: TopicModel = run.result("topics")
    texts = {interview.id: interview.text for interview in interviews_of(run)}
    return suggest(
        segments,
        texts,
        morphemes_of(run),
        run.result("terms"),
        described,
        _meanings(run),
        model.weights @ match_scores(run.result("alignment"), model, described.codes),
        {row: frozenset(coded[s.id]) for row, s in enumerate(segments) if s.id in coded},
        rows,
        run.study.config.suggest.top,
        run.study.config.lang,
    )


# ── views ───────────────────────────────────────────────────────────────────────────


def outputs(run: Run) -> Written:
    """Write the tables, the workbook, the suggestions and the report."""
    import hashlib

    from pipeline.views.files import render_files

    # All is rendered before the first file is written: outputs belong together.
    rendered = dict(render_files(analysis_of(run)))
    for number, (name, data) in enumerate(rendered.items(), 1):
        write_whole(run.study.outputs / name, data)
        run.advanced(number, len(rendered))
    return Written({name: hashlib.sha256(data).hexdigest() for name, data in rendered.items()})


def analysis_of(run: Run) -> Analysis:
    """Return everything the run found, as the writers take it."""
    from pipeline.mining import keywords as keyword_methods
    from pipeline.themes.alignment import METHODS_TEXT

    config = run.study.config
    suggested: Suggested = run.result("suggestions")
    model: TopicModel = run.result("topics")
    codes: tuple[Code, ...] = run.result("codebook")
    methods = [
        _morphology_text(run),
        *(keyword_methods.METHODS_TEXTS[name] for name in config.keywords.methods),
        model.methods_text,
    ]
    if codes:
        methods.append(METHODS_TEXT)
    if suggested.segments:
        methods.append(suggested.methods_text)
    return Analysis(
        study=run.study.name,
        title=config.title or run.study.name,
        lang=config.lang,
        levels=tuple(config.levels),
        interviews=interviews_of(run),
        segments=run.result("segments"),
        codes=codes,
        codings=run.result("codings"),
        keywords=run.result("keywords"),
        model=model,
        matches=run.result("alignment"),
        uncoded=tuple(run.result("segments")[row].id for row in _uncoded(run)),
        suggestions=suggested.segments,
        score_only_ranks=not suggested.calibrated,
        methods=tuple(methods),
        problems=tuple(run.problems),
    )


def _morphology_text(run: Run) -> dict[str, str]:
    config = run.study.config
    segments: tuple[Segment, ...] = run.result("segments")
    version = run.version("kiwipiepy")
    tags = ", ".join(config.morphology.tags)
    unit = {"turn": "응답 발화", "sentence": "문장", "window": f"문장 {config.segments.size}개"}
    n_entries = len(_dictionary(run)[0])
    return {
        "ko": f"면담 {len(interviews_of(run)):,}편의 응답을 {unit[config.segments.unit]} 단위로 나눈 분석 단위"
        f" {len(segments):,}개를 Kiwi {version}로 형태소 분석하고(사용자 사전 {n_entries:,}개 낱말),"
        f" 품사 {tags}를 남기고 불용어를 뺐다.",
        "en": f"The answers of {len(interviews_of(run)):,} interviews were cut into {len(segments):,} "
        f"segments ({config.segments.unit}) and analysed with Kiwi {version} (user dictionary of "
        f"{n_entries:,} words); tags {tags} were kept and stop words removed.",
    }


def outputs_are_there(run: Run, written: Written) -> bool:
    folder = run.study.outputs
    return all(
        (folder / name).is_file() and file_digest(folder / name) == known
        for name, known in written.files.items()
    )
