"""Keys of what follows mining: suggestions, the review desk, the scheduled job."""

from __future__ import annotations

from pipeline.settings.declared import Section, key


class SuggestConfig(Section):
    """How codes are suggested."""

    top: int = key(5, "단위마다 제안할 코드 수", "suggestions a segment", ge=1, le=50)
    precision: float | None = key(
        None,
        "목표 정밀도(0~1): 0.8이면 열에 여덟꼴로 맞는 제안을 따로 표시합니다. 비우면 표시하지 않습니다",
        "target precision (0 to 1): with 0.8, suggestions right eight times in ten are marked;"
        " empty: none are",
        gt=0,
        le=1,
    )
    encoder: str | None = key(
        None,
        "내려받아 둔 문장 모형의 폴더(model2vec, sentence-transformers; gyeol[embeddings]). 비우면 쓰지 않음",
        "folder of a sentence model at hand (gyeol[embeddings]); empty: none",
    )


class ReviewConfig(Section):
    """How coders review."""

    lead: str = key(
        "",
        "책임 연구자의 코더 이름. 코더들이 서로의 판정을 볼 수 있게 여는 사람입니다. 비우면 누구나",
        "the lead's coder name, who lets coders see each other's decisions; empty: anybody may",
    )
    unaided: float = key(
        0.1,
        "코더가 판정할 때까지 제안을 숨기는 구절의 비율(0~1): 제안이 사람을 이끄는지 재려면 있어야 합니다",
        "share of passages whose suggestions stay hidden until the coder has decided (0 to 1)",
        ge=0,
        le=1,
    )
    shared: list[str] = key(
        [],
        "코딩 파일(codings.csv)에서 모두가 미리 본 연습 코딩의 코더 이름: 모든 코더의 제안이 이 코딩에서도 배웁니다",
        "coders in the codings file whose codings all have seen: everybody's suggestions learn from"
        " them",
    )
    unmasked: bool = key(
        False,
        "true면 검토 화면에 개인정보를 가리지 않고 원문대로 보입니다. 이 컴퓨터의 화면에만 해당합니다",
        "true shows personal data as said on the review pages, and there only",
    )


class JobConfig(Section):
    """How ``gyeol job`` takes in new interviews."""

    settle: float = key(5.0, "그대로인 파일을 받기까지(초)", "seconds of no change", ge=0)
    hook: list[str] = key(
        [],
        "마친 뒤 실행할 명령: [프로그램, 인자, …]. 요약(JSON)을 표준 입력으로 받습니다. 비우면 없음",
        "command run afterwards, [program, argument, …], the summary as JSON on its standard input",
    )
    timeout: float = key(4.0, "예약된 작업이 걸려도 되는 시간", "hours a job may take", gt=0)
    overdue: float = key(
        26.0,
        "마지막 성공이 이보다(시간) 오래되면 --health가 1",
        "hours until --health says 1",
        gt=0,
    )
