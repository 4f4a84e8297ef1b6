from __future__ import annotations

from collections.abc import Iterator

import pytest
from tiny_analysis import make_analysis, make_empty
from tiny_review import desk_on, material_of, write_study

from pipeline.records import Analysis
from pipeline.views.review.material import Material
from pipeline.views.review.state import Desk


@pytest.fixture
def analysis() -> Analysis:
    return make_analysis()


@pytest.fixture
def empty() -> Analysis:
    return make_empty()


@pytest.fixture(scope="session")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    folder = tmp_path_factory.mktemp("desk")
    return material_of(write_study(folder, "review: {unaided: 0}\n"))


@pytest.fixture
def desk(material: Material) -> Iterator[Desk]:
    opened = desk_on(material)
    yield opened
    opened.learner.close()
