"""README.txt of the folder ``tables/``: what each file is and how it was made."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.errors import Lang
from pipeline.views.characters import legal
from pipeline.views.columns import Table, explained
from pipeline.views.wording import words


def to_readme(tables: Sequence[Table], lang: Lang, notice: str) -> bytes:
    """Return what ``tables`` are, the sentences of the workbook's guide, as plain text.

    UTF-8 with BOM and CRLF, as the tables beside it, so that any editor shows Hangul.
    ``notice`` stands above all else; empty for none.
    """
    w = words(lang)
    lines = [w["readme_title"], "", *([notice, ""] if notice else []), w["readme_lead"], ""]
    for table in tables:
        lines.append(f"{table.name}.csv — {table.title[lang]}")
        if how := table.how.get(lang):
            lines.append(f"  {how}")
        for key, heading, what in explained(table, lang):
            lines.append(f"  - {key} ({heading}): {what}")
        lines.append("")
    return legal("\r\n".join(lines)).encode("utf-8-sig", "surrogatepass")
