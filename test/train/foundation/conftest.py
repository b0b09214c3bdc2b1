"""What the tests of foundation models share: the fixtures of make_references.py, and prices that anybody can follow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from train.failure import Failure

REFERENCE = Path(__file__).parent / "reference"
FIRST_MS = int(np.datetime64("2025-12-01T00:01:00", "ms").astype(np.int64))
Closes = dict[str, tuple[np.ndarray, np.ndarray]]


@pytest.fixture
def plain() -> Path:
    """The folder of a model that is built as the published ones are."""
    return REFERENCE / "plain"


@pytest.fixture
def closes() -> Closes:
    """Two symbols over 200 minutes; the second has a gap of ten."""
    random = np.random.default_rng(7)
    times = FIRST_MS + 60_000 * np.arange(200)
    prices = 100 * np.exp(np.cumsum(random.normal(0, 5e-4, (2, 200)), axis=1))
    prices[1, 60:70] = np.nan
    return {"BTCUSDT": (times, prices[0]), "ETHUSDT": (times, prices[1])}


@pytest.fixture
def refusal() -> Callable[[Callable[[], object]], Failure]:
    """What a call is refused with; each of the four parts says something."""

    def caught(call: Callable[[], object]) -> Failure:
        with pytest.raises(Failure) as info:
            call()
        assert all((info.value.what, info.value.found, info.value.expected, info.value.where))
        return info.value

    return caught
