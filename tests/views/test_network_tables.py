from __future__ import annotations

import csv
import dataclasses
import io

from tiny_drawn import ODD, make_network

from pipeline.records import Analysis
from pipeline.views.masked import mask_analysis
from pipeline.views.network_tables import block_members, shown_labels
from pipeline.views.tables import concor_density, network_edges, network_terms, to_csv


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_the_tables_hold_the_network_and_run_no_formula(analysis: Analysis) -> None:
    known = dataclasses.replace(analysis, network=make_network())
    terms = rows_of(to_csv(network_terms(known)))
    assert terms[1]["term"] == f"'{ODD}"
    assert (terms[0]["degree"], terms[0]["n_segments"]) == ("0.666667", "2")
    assert terms[0]["segment_ids"] == "P01:002.1|P02:001"
    edges = rows_of(to_csv(network_edges(known)))
    assert (edges[0]["source"], edges[0]["target"]) == ("집수리", f"'{ODD}")
    assert edges[1]["target"] == "강사(NNG)"
    blocks = rows_of(to_csv(concor_density(known)))
    assert [row["density_1"] for row in blocks] == ["", "0.375000"]
    assert [row["image_2"] for row in blocks] == ["1", "0"]


def test_without_a_network_the_tables_are_empty(analysis: Analysis) -> None:
    for make in (network_terms, network_edges, concor_density):
        assert make(analysis).rows == ()


def test_two_terms_of_one_form_are_told_apart() -> None:
    assert list(shown_labels(make_network()).values())[2:] == ["강사(NNG)", "강사(NNP)"]
    assert block_members(make_network())[0] == ["강사(NNP)"]


def test_ids_are_masked_with_the_rest(analysis: Analysis) -> None:
    known = dataclasses.replace(analysis, network=make_network())
    masked = mask_analysis(known, {}, {"P02": "참여자 A"})
    assert masked.network is not None
    ids = {segment.id for segment in masked.segments}
    assert {one for term in masked.network.terms for one in term.segments} <= ids
    assert {one for tie in masked.network.edges for one in tie.segments} <= ids
