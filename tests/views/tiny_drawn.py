"""A network of four terms, one of them odd, for the writers to write."""

from __future__ import annotations

from pipeline.records import Network, NetworkEdge, NetworkTerm

ODD = '=cmd|"a,b"<tag>&amp'


def make_network() -> Network:
    return Network(
        terms=(
            NetworkTerm("집수리/NNG", 9, 2 / 3, 0.6, 0.3, 0.75, 1, 1, ("P01:002.1", "P02:001")),
            NetworkTerm(f"{ODD}/NNP", 5, 1 / 3, 0.5, 0.0, 0.5, 1, 2, ("P01:002.1",)),
            NetworkTerm("강사/NNG", 4, 1 / 3, 0.4, 0.0, 0.4, 2, 2, ("P02:001",)),
            NetworkTerm("강사/NNP", 1, 0.0, 0.0, 0.0, 0.0, 0, 0, ()),
        ),
        edges=(
            NetworkEdge("집수리/NNG", f"{ODD}/NNP", 3, 0.5, 1, ("P01:002.1",)),
            NetworkEdge("집수리/NNG", "강사/NNG", 2, 0.25, 1, ("P02:001",)),
        ),
        density=((None, 0.375), (0.375, 0.0)),
        image=((0, 1), (1, 0)),
        alpha=0.125,
        threshold=0.25,
        modularity=0.1,
        n_units=3,
        n_pairs=2,
        n_parts=1,
        n_alone=1,
        converged=True,
        methods_text={"ko": "연결망.", "en": "Network."},
        together=((0, 3, 2, 0), (3, 0, 1, 0), (2, 1, 0, 0), (0, 0, 0, 0)),
    )
