from __future__ import annotations

import pytest
from kiwipiepy import Kiwi


@pytest.fixture(scope="session")
def kiwi() -> Kiwi:
    return Kiwi(num_workers=1)
