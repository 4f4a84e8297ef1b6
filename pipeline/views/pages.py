"""What every page is made with: the templates, and escaping that cannot be forgotten."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.sentences import short
from pipeline.views.characters import visible

TEMPLATES = Path(__file__).with_name("templates")


def page_environment(folder: Path = TEMPLATES) -> Environment:
    """Return an environment in which all text is escaped and made safe to look at.

    ``folder`` holds the templates.
    """
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["short"] = short
    return environment


def style_sheet() -> Markup:
    """Return the style of all pages: the program's own text, which goes in as it is."""
    return Markup((TEMPLATES / "report.css").read_text("utf-8"))


def _finalize(value: object) -> object:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
