"""What the tests of foundation models share: a model of make_references.py, prices, and how a refusal is caught."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from train.failure import Failure

REFERENCE = Path(__file__).parent / "reference"
#: The folder of a model that is built as the published ones are.
PLAIN = REFERENCE / "plain"
FIRST_MS = int(np.datetime64("2025-12-01T00:01:00", "ms").astype(np.int64))


def made_closes() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Two symbols over 200 minutes; the second has a gap of ten."""
    random = np.random.default_rng(7)
    times = FIRST_MS + 60_000 * np.arange(200)
    prices = 100 * np.exp(np.cumsum(random.normal(0, 5e-4, (2, 200)), axis=1))
    prices[1, 60:70] = np.nan
    return {"BTCUSDT": (times, prices[0]), "ETHUSDT": (times, prices[1])}


def refused(call: Callable[[], object]) -> Failure:
    """What a call is refused with; each of the four parts says something."""
    with pytest.raises(Failure) as info:
        call()
    assert all((info.value.what, info.value.found, info.value.expected, info.value.where))
    return info.value
