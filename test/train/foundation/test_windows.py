"""Windows hold what was known at the decision time, and nothing after it."""

from __future__ import annotations

import numpy as np
import pytest
from foundation_cases import FIRST_MS, made_closes, refused

from train.foundation.windows import SPAN_MINUTES_MAX, close_series, windows_at

CLOSES = made_closes()


def minutes(*offsets: int) -> np.ndarray:
    return FIRST_MS + 60_000 * np.array(offsets)


def test_a_window_is_the_log_prices_minus_the_last() -> None:
    series = close_series("BTCUSDT", minutes(0, 1, 2), np.array([100.0, 110.0, 99.0]))
    found = windows_at(series, minutes(1, 2), 3)
    expected = [[np.nan, np.log(100 / 110), 0], [np.log(100 / 99), np.log(110 / 99), 0]]
    np.testing.assert_allclose(found, np.array(expected, dtype=np.float32), rtol=1e-6)
    assert found.dtype == np.float32


def test_a_gap_and_a_day_that_is_not_used_are_missing() -> None:
    series = close_series("BTCUSDT", minutes(0, 1, 2, 5), np.array([100.0, np.nan, 101.0, 102.0]))
    is_missing = np.isnan(windows_at(series, minutes(5), 6))
    np.testing.assert_array_equal(is_missing, [[False, True, False, True, True, False]])


def test_nothing_after_the_decision_time_is_seen() -> None:
    times, prices = CLOSES["ETHUSDT"]
    changed = prices.copy()
    changed[121:] *= 1.5
    decided = minutes(*range(80, 121))
    before = windows_at(close_series("ETHUSDT", times, prices), decided, 64)
    assert np.isnan(before).any()
    np.testing.assert_array_equal(windows_at(close_series("ETHUSDT", times, changed), decided, 64), before)
    cut = close_series("ETHUSDT", times[:121], prices[:121])
    np.testing.assert_array_equal(windows_at(cut, decided, 64), before)


def test_the_scale_of_prices_does_not_matter() -> None:
    times, prices = CLOSES["BTCUSDT"]
    one = windows_at(close_series("BTCUSDT", times, prices), minutes(150), 64)
    np.testing.assert_allclose(windows_at(close_series("X", times, prices * 1e-6), minutes(150), 64), one, atol=1e-9)


@pytest.mark.parametrize(
    ("times", "prices", "what"),
    [
        (minutes(), [], "closes"),
        (minutes(0, 1), [1.0], "closes"),
        (minutes(1, 0), [1.0, 1.0], "times of closes"),
        (minutes(0, 0), [1.0, 1.0], "times of closes"),
        (minutes(0) + 1, [1.0], "times of closes"),
        (minutes(0), [0.0], "closes"),
        (minutes(0), [np.inf], "closes"),
        (minutes(0, SPAN_MINUTES_MAX), [1.0, 1.0], "closes"),
    ],
)
def test_closes_out_of_order_are_refused(times: np.ndarray, prices: list[float], what: str) -> None:
    error = refused(lambda: close_series("BTCUSDT", times, np.array(prices)))
    assert (error.what, error.where) == (what, "closes of BTCUSDT")


@pytest.mark.parametrize("time", [minutes(-1)[0], minutes(3)[0], minutes(1)[0] + 1, minutes(1)[0]])
def test_a_decision_time_without_a_close_is_refused(time: int) -> None:
    series = close_series("BTCUSDT", minutes(0, 1, 2), np.array([100.0, np.nan, 101.0]))
    error = refused(lambda: windows_at(series, np.array([minutes(2)[0], time]), 3))
    assert error.what == "decision time" and error.found.startswith("2025-12-01T00:0")
