"""The stage that finds what is personal, and what later stages and outputs may see of it."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config import Study
from pipeline.engine import batch_bounds
from pipeline.errors import GyeolError, Problem
from pipeline.flow.corpus import (
    dictionary_entries,
    dictionary_of,
    interviews_of,
    kiwi_of,
    morphemes_of,
    speech_of,
)
from pipeline.memory import (
    code_digest,
    digest,
    library_version,
    pack,
    readable_by_others,
    unpack,
    write_whole,
)
from pipeline.records import Interview, Morphemes, Privacy, Shard, Turn
from pipeline.runner import Run

if TYPE_CHECKING:
    from pipeline.corpus.beside import Beside
    from pipeline.corpus.personal import Find
    from pipeline.corpus.personal.known_names import KnownNames
    from pipeline.corpus.privacy import Decisions, Seen
    from pipeline.corpus.pseudonyms import Key

_NAMED_FILES_SHOWN = 3
_FINDS = "finds.json"
_SOMEBODY = "[이름]"
# What ``astuple`` gives, at a tenth of its price: a corpus has many turns.
_TURN = attrgetter(*(field.name for field in dataclasses.fields(Turn)))


def mask_personal(run: Run) -> Privacy:
    """Find personal data in every interview and give each find what stands for it."""
    from pipeline.corpus.privacy import masked_finds
    from pipeline.corpus.pseudonyms import key_to_json, masks_for

    texts = {interview.id: interview.text for interview in interviews_of(run)}
    seen, beside, decisions = seen_of(run), beside_of(run), decisions_of(run.study)
    finds = {name: masked_finds(found) for name, found in seen.items()}
    key = _extended_key(run, finds)
    path = key_path(run.study)
    write_whole(path, key_to_json(key), private=True)
    if readable_by_others(path):
        run.say(_unguarded(run.study.shown(run.study.private)))
    rules = rules_of(run.study)
    masks = {n: masks_for(texts[n], found, key, rules) for n, found in finds.items() if found}
    hidden = [one for one in beside if decisions.on(one.kind, one.form) != "rejected"]
    counts = Counter(find.kind for found in finds.values() for find in found)
    counts.update(one.kind for one in hidden)
    still_open = {one.subject for found in seen.values() for one in found if one.judged == "open"}
    still_open |= {(b.kind, b.form) for b in beside if decisions.on(b.kind, b.form) == "open"}
    run.say(*_named_files(run, key_of(run.study)))
    if still_open:
        run.say(_unconfirmed([kind for kind, _ in still_open]))
    return Privacy(masks, dict(sorted(counts.items())), len(still_open))


def _extended_key(run: Run, finds: Mapping[str, Sequence[Find]]) -> Key:
    """Return the study's key with all that ``finds`` and what stands beside the texts need."""
    from pipeline.corpus.personal.districts import districts_in, extend_districts, letters_in
    from pipeline.corpus.pseudonyms import LABELS, extend_interviews, extend_key

    study, interviews, beside = run.study, interviews_of(run), beside_of(run)
    texts = {interview.id: interview.text for interview in interviews}
    said = [(f.kind, texts[n][f.start : f.end]) for n, found in finds.items() for f in found]
    said += [(one.kind, one.form) for one in beside]
    before, participants = stored_key(study), _participants(run)
    people = extend_key(
        _listed_participants(interviews, participants, beside) | dict(before.people),
        [*participants, *(form for kind, form in said if kind == "name")],
        participants,
        _known_names(run).people,
    )
    placed = [form for kind, form in said if kind in {"district", "address"}]
    districts = extend_districts(
        before.districts,
        [district for form in placed for district in districts_in(form)],
        frozenset().union(*map(letters_in, texts.values())),
    )
    decisions = decisions_of(study)
    words = {
        one.form: LABELS[one.kind]
        for one in beside
        if one.kind not in {"name", "district"} and decisions.on(one.kind, one.form) != "rejected"
    }
    key = dataclasses.replace(before, people=people, districts=districts, words=words)
    ids = [interview.id for interview in interviews]
    shown = extend_interviews(before.interviews, ids, _names_hidden(study, key))
    return dataclasses.replace(key, interviews=shown)


def _participants(run: Run) -> tuple[str, ...]:
    """Return the names of those interviewed: speakers' labels, the list, the names of files."""
    from pipeline.corpus.privacy import speakers_named

    labels = dict.fromkeys(turn.speaker for i in interviews_of(run) for turn in i.turns)
    speakers = run.shared("speakers", lambda: speakers_named(kiwi_of(run), labels))
    beside = [one.form for one in beside_of(run) if one.kind == "name"]
    return tuple(dict.fromkeys([*speakers, *beside]))


def _listed_participants(
    interviews: Sequence[Interview], names: Sequence[str], beside: Sequence[Beside]
) -> dict[str, str]:
    """Return the people whom the list of participants gives a pseudonym of its own."""
    of_files = {(one.interview, one.form) for one in beside if one.kind == "name"}
    given: dict[str, str] = {}
    for interview in interviews:
        listed = interview.fields.get("participant", "")
        people = {t.speaker for t in interview.turns if t.role == "participant"} & set(names)
        people |= {name for of, name in of_files if of == interview.id}
        if len(people) == 1 and listed and not any(name in listed for name in names):
            given[people.pop()] = listed
    return given


def beside_of(run: Run) -> tuple[Beside, ...]:
    """Return what is personal in the names of files and in columns about participants."""
    from pipeline.corpus.beside import find_beside

    never = _listed_names(run.study)[0].never

    def find() -> tuple[Beside, ...]:
        found = find_beside(kiwi_of(run), interviews_of(run), rules_of(run.study))
        return tuple(one for one in found if one.form not in never)

    return run.shared("beside", find)


def seen_of(run: Run) -> dict[str, tuple[Seen, ...]]:
    """Return what looks personal, by interview id in the corpus's order, with its judgement.

    What was found is kept: an interview is searched again only when its words, the names the
    study knows or its rules have changed.
    """
    from pipeline.corpus.morphology import pick_interviews
    from pipeline.corpus.privacy import Batch, judge, seen_in

    interviews, answers, questions = interviews_of(run), morphemes_of(run), _questions(run)
    known, rules = _known_names(run), rules_of(run.study)
    settings = [code_digest("corpus"), dictionary_entries(run), run.pinned, astuple(known), rules]
    settings.append(astuple(speech_of(run.study)))
    keys = [digest(settings, i.text, [_TURN(turn) for turn in i.turns]) for i in interviews]
    kept = _kept_finds(run)
    new = [index for index, key in enumerate(keys) if key not in kept]
    batches = (
        Batch(
            tuple(interviews[index] for index in new[a:b]),
            pick_interviews(answers, new[a:b]),
            pick_interviews(questions, new[a:b]),
            known,
            rules,
        )
        for a, b in batch_bounds([len(interviews[index].text) for index in new])
    )
    found: list[tuple[Seen, ...]] = []
    for some in run.engine.map(seen_in, batches) if new else ():
        found += some
        run.advanced(len(interviews) - len(new) + len(found), len(interviews))
    kept |= {keys[index]: seen for index, seen in zip(new, found, strict=True)}
    if new or len(kept) > len(set(keys)):
        wanted = {key: kept[key] for key in keys}
        write_whole(run.cache / _FINDS, pack(wanted, _kept_kind()), private=True)
    decisions = decisions_of(run.study)
    return {i.id: judge(kept[key], decisions) for i, key in zip(interviews, keys, strict=True)}


def mask_notes(run: Run, notes: Iterable[str]) -> dict[str, str]:
    """Return what to show for each of ``notes`` by coders, which may name whom nobody names.

    A name without a pseudonym becomes «[이름]»: the key is of those in the interviews.
    """
    from pipeline.corpus.personal.tokens import tokens_of
    from pipeline.corpus.privacy import judge, masked_finds, seen_in_text
    from pipeline.corpus.pseudonyms import LABELS, replacer

    key, decisions = key_of(run.study), decisions_of(run.study)
    known, rules, kiwi = _known_names(run), rules_of(run.study), kiwi_of(run)
    unnamed = replacer(key)
    shown: dict[str, str] = {}
    for note in filter(None, dict.fromkeys(notes)):
        text = unicodedata.normalize("NFC", note)
        seen = seen_in_text(text, tokens_of(kiwi, text), known, rules)
        parts, at = [], 0
        for find in masked_finds(judge(seen, decisions)):
            said = text[find.start : find.end]
            parts += [text[at : find.start], key.get(said) or LABELS.get(find.kind, _SOMEBODY)]
            at = find.end
        shown[note] = unnamed("".join([*parts, text[at:]]))
    return shown


def _kept_finds(run: Run) -> dict[str, tuple[Seen, ...]]:
    """Return what an earlier run found, by key; what cannot be read is found again."""
    try:
        return unpack((run.cache / _FINDS).read_bytes(), _kept_kind())
    except (OSError, ValueError):
        return {}


def _kept_kind() -> object:
    from pipeline.corpus.privacy import Seen

    return dict[str, tuple[Seen, ...]]


def _questions(run: Run) -> Morphemes:
    """Return the morphemes of what interviewers say, which later stages have no use for.

    They are kept in one file, so that an interview is analysed once.
    """
    from pipeline.corpus.morpheme_columns import join_morphemes
    from pipeline.corpus.morphology import analyse, answer_pieces
    from pipeline.corpus.privacy import asked_only

    asked = [asked_only(interview) for interview in interviews_of(run)]
    entries = [[entry.form, entry.tag] for entry in dictionary_of(run)[0]]
    settings = digest(code_digest("corpus"), entries, run.pinned)
    keys = [digest(settings, list(answer_pieces(interview))) for interview in asked]
    path = run.cache / "questions.npz"
    kept: list[Shard] = [unpack(path.read_bytes(), Shard)] if path.is_file() else []
    known = {key: (0, place) for shard in kept for place, key in enumerate(shard.keys)}
    new = {key: one for key, one in zip(keys, asked, strict=True) if key not in known}
    parts = [shard.morphemes for shard in kept]
    if new:
        known |= {key: (len(parts), place) for place, key in enumerate(new)}
        parts.append(analyse(kiwi_of(run), list(new.values())))
    ids = [interview.id for interview in asked]
    joined = join_morphemes(parts.__getitem__, [known[key] for key in keys], ids, run.cache)
    if new or set(known) != set(keys):
        shard = Shard(tuple(keys), library_version("kiwipiepy"), joined)
        write_whole(path, pack(shard, Shard), private=True)
    return joined


def decisions_of(study: Study) -> Decisions:
    """Return what people decided about the study's personal data."""
    from pipeline.corpus.privacy import Decisions, decisions_from_json

    path = decisions_path(study)
    if not path.is_file():
        return Decisions()
    try:
        return decisions_from_json(path.read_bytes())
    except (ValueError, KeyError, TypeError) as error:
        raise GyeolError(_damaged(study, path)) from error


def rules_of(study: Study) -> dict[str, str]:
    """Return what the study does with each kind of personal data it names."""
    return {**study.config.privacy.rules}


def stored_key(study: Study) -> Key:
    """Return the study's pseudonyms; they are never given anew."""
    from pipeline.corpus.pseudonyms import Key, key_from_json

    path = key_path(study)
    if not path.is_file():
        return Key()
    try:
        return key_from_json(path.read_bytes())
    except (ValueError, AttributeError, TypeError) as error:
        raise GyeolError(_damaged(study, path)) from error


def key_of(study: Study) -> dict[str, str]:
    """Return what is replaced outside frozen texts (labels, ids, columns, messages), by what."""
    from pipeline.corpus.pseudonyms import LABELS, replacer

    key, rule = stored_key(study), rules_of(study).get("district", "keep")
    people = _names_hidden(study, key)
    without_names = replacer(people)
    letters = {"keep": {}, "mask": dict.fromkeys(key.districts, LABELS["district"])}
    ids = {name: shown for name, shown in key.interviews.items() if without_names(name) != name}
    return people | dict(letters.get(rule, key.districts)) | dict(key.words) | ids


def _names_hidden(study: Study, key: Key) -> dict[str, str]:
    """Return the names to be replaced: all of ``key`` but those people called no names."""
    if rules_of(study).get("name") == "keep":
        return {}
    decisions, never = decisions_of(study), _listed_names(study)[0].never
    return {
        name: pseudonym
        for name, pseudonym in key.people.items()
        if name not in never and decisions.on("name", name) != "rejected"
    }


def key_is_there(run: Run, privacy: Privacy) -> bool:
    """Tell whether the key to the pseudonyms is still in the private part."""
    return key_path(run.study).is_file() or not privacy.masks


def decisions_path(study: Study) -> Path:
    """Return where decisions about personal data are kept."""
    return study.private / "privacy.json"


def key_path(study: Study) -> Path:
    """Return where the key to the pseudonyms is kept."""
    return study.private / "key.json"


def _known_names(run: Run) -> KnownNames:
    from pipeline.corpus.privacy import names_known

    listed, problems = _listed_names(run.study)
    run.say(*(problem for problem in problems if problem not in run.problems))
    return names_known(listed, _participants(run), decisions_of(run.study).added)


def _listed_names(study: Study) -> tuple[KnownNames, tuple[Problem, ...]]:
    from pipeline.corpus.personal.known_names import KnownNames, read_names

    if study.names is None:
        return KnownNames(), ()
    return read_names(study.names, study.shown(study.names))


def _named_files(run: Run, words: Mapping[str, str]) -> tuple[Problem, ...]:
    """Say which files are called by a person's name, and what to do about it."""
    from pipeline.corpus.pseudonyms import replacer

    without_names = replacer(words)
    sources = [unicodedata.normalize("NFC", interview.source) for interview in interviews_of(run)]
    files = [source for source in sources if without_names(source) != source]
    if not files:
        return ()
    files = list(dict.fromkeys(files))
    shown = ", ".join(files[:_NAMED_FILES_SHOWN])
    more = len(files) - _NAMED_FILES_SHOWN
    ko = f" 외 {more}개" if more > 0 else ""
    en = f" and {more} more" if more > 0 else ""
    return (
        Problem(
            f"파일 이름에 사람 이름이 있습니다: {shown}{ko}. 결과에는 가명으로 나오지만, P01처럼 바꾸어 두는 편이"
            " 안전합니다(participants.csv와 codings.csv의 interview 칸도 함께).",
            f"Files are called by a person's name: {shown}{en}. Outputs show a pseudonym; it is safer"
            " to rename them (P01), with the column interview of participants.csv and codings.csv.",
            level="warning",
        ),
    )


def _unconfirmed(kinds: Sequence[str]) -> Problem:
    indirect = kinds.count("indirect")
    masked = len(kinds) - indirect
    ko = [f"개인정보로 보이는 말 {masked}가지를 가명으로 바꾸었습니다."] if masked else []
    en = [f"{masked} words that look personal were masked"] if masked else []
    if indirect:
        ko.append(f"합치면 누구인지 알 만한 말(직책·기관·구) {indirect}곳은 그대로 두었습니다.")
        en.append(f"{indirect} combinations of job, body and district were left as they are")
    return Problem(
        f"{' '.join(ko)} 아직 사람이 확인하지 않았습니다. gyeol privacy로 확인하세요.",
        f"{'; '.join(en)}; no person has confirmed it yet: see gyeol privacy.",
        level="warning",
    )


def _unguarded(folder: str) -> Problem:
    return Problem(
        "이 폴더에는 원문과 가명의 열쇠가 있는데, 이 컴퓨터나 저장 장치에서는 Gyeol이 파일을 주인만 읽도록 잠글 수"
        " 없습니다. 폴더의 속성 → 보안에서 본인만 남기거나(윈도우), 설정의 private:에 암호화된 곳을 적으세요.",
        "This folder holds the texts and the key to the pseudonyms, and Gyeol cannot lock files to"
        " their owner here. Leave only yourself under Properties → Security (Windows), or name an"
        " encrypted place under private: in the config.",
        folder,
        level="warning",
    )


def _damaged(study: Study, path: Path) -> Problem:
    return Problem(
        "파일이 손상되었습니다. 백업에서 되살리거나, 지우고 다시 확인하세요.",
        "The file is damaged: restore it from a backup, or delete it and judge again.",
        study.shown(path),
    )
