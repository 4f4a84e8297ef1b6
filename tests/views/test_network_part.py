from __future__ import annotations

import dataclasses

from tiny_drawn import make_network

from pipeline.records import Analysis
from pipeline.views.network_part import network_part
from pipeline.views.report import to_html


def test_blocks_show_densities_and_which_are_in_the_image() -> None:
    part = network_part(make_network())
    assert part is not None
    assert [row.cells for row in part.blocks] == [
        (("–", False), (".375", True)),
        ((".375", True), ("0", False)),
    ]
    assert next(label for label, _ in part.central) == "집수리"


def test_nothing_tied_is_nothing_to_show() -> None:
    assert network_part(None) is None
    assert network_part(dataclasses.replace(make_network(), edges=())) is None


def test_the_report_draws_it_escaped(analysis: Analysis) -> None:
    page = to_html(dataclasses.replace(analysis, network=make_network()))
    assert '<svg class="network"' in page
    assert "<tag>" not in page
    assert "&lt;tag&gt;" in page
    assert "network.graphml" in page
    assert "<script" not in page
