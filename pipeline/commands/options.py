"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from pipeline.console import phrase

ConfigPath = Annotated[
    Path, typer.Argument(metavar="CONFIG", help=phrase("연구 설정(YAML)", "the study's config"))
]
LangOption = Annotated[
    Literal["ko", "en"] | None,
    typer.Option("--lang", help=phrase("화면의 언어", "language of messages")),
]
QuietOption = Annotated[
    bool, typer.Option("--quiet", "-q", help=phrase("문제만 적습니다", "print problems only"))
]
JsonOption = Annotated[
    bool,
    typer.Option("--json", help=phrase("결과를 JSON으로 적습니다", "print the result as JSON")),
]
CsvOption = Annotated[
    Path | None,
    typer.Option("--csv", metavar="FILE", help=phrase("모두 적을 CSV 파일", "CSV file for all")),
]
