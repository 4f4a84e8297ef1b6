"""How a key of the config is declared: its default, its meaning, its limits."""

from __future__ import annotations

import difflib
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

# The Sejong tags, as Kiwi gives them to words, particles and endings.
_TAGS = (
    *("NNG", "NNP", "NNB", "NR", "NP", "VV", "VA", "VX", "VCP", "VCN", "MM", "MAG", "MAJ", "IC"),
    *("JKS", "JKC", "JKG", "JKO", "JKB", "JKV", "JKQ", "JX", "JC", "EP", "EF", "EC", "ETN", "ETM"),
    *("XPN", "XSN", "XSV", "XSA", "XSM", "XR", "SL", "SH", "SN"),
)


def _known(tag: str) -> str:
    if tag not in _TAGS:
        near = difflib.get_close_matches(tag, _TAGS, n=3, cutoff=0.5)
        raise ValueError(
            f"그런 품사 태그는 없습니다. {', '.join(near) or 'NNG'} 같은 태그를 적으세요.",
            f"There is no such tag. Give one such as {', '.join(near) or 'NNG'}.",
        )
    return tag


Tag = Annotated[str, AfterValidator(_known)]


def key(default: Any, ko: str, en: str, **limits: Any) -> Any:  # noqa: ANN401
    """Declare a key: its default and what it means, in both languages."""
    make = (
        {"default_factory": lambda: list(default)}
        if isinstance(default, list)
        else {"default": default}
    )
    return Field(**make, json_schema_extra={"ko": ko, "en": en}, **limits)


class Section(BaseModel):
    """A part of the config: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)
