from __future__ import annotations

import pytest
from tiny_analysis import make_analysis, make_empty

from pipeline.records import Analysis


@pytest.fixture
def analysis() -> Analysis:
    return make_analysis()


@pytest.fixture
def empty() -> Analysis:
    return make_empty()
