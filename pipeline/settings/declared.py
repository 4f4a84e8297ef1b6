"""How a key of the config is declared: its default, its meaning, its limits."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Tag = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,3}$")]


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
