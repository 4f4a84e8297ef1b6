"""The files of an outputs folder, in the order they are written: the table of writers."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.records import Analysis
from pipeline.views.network_files import to_dl, to_graphml
from pipeline.views.report import to_html
from pipeline.views.suggestions import to_jsonl
from pipeline.views.tables import make_tables, to_csv
from pipeline.views.tables_readme import to_readme
from pipeline.views.wording import words
from pipeline.views.workbook import to_xlsx


def render_files(analysis: Analysis) -> Iterator[tuple[str, bytes]]:
    """Yield every output as (name inside the outputs folder, bytes)."""
    tables = make_tables(analysis)
    for table in tables:
        yield f"tables/{table.name}.csv", to_csv(table)
    yield "tables/README.txt", to_readme(tables, analysis.lang, _notice(analysis))
    yield f"{analysis.study}.xlsx", to_xlsx(tables, analysis.lang, _notice(analysis))
    if analysis.network is not None:
        yield "network.graphml", to_graphml(analysis.network)
        yield "network.dl", to_dl(analysis.network)
    yield "suggestions.jsonl", to_jsonl(analysis).encode("utf-8", "surrogatepass")
    yield "report.html", to_html(analysis).encode("utf-8", "surrogatepass")


def _notice(analysis: Analysis) -> str:
    if analysis.privacy_confirmed:
        return ""
    w = words(analysis.lang)
    return f"{w['not_private_short']}: {w['not_private_rest']}"
