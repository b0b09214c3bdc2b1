"""What a foundation model is shown for a decision time: log prices of the last 1m closes, minus the last of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from train.failure import Failure

MINUTE_MS = 60_000
# 8.5 hours. Chronos-Bolt could take 2,048 closes at five times the cost; the question reaches five minutes ahead.
CONTEXT_MINUTES_MAX = 512
# Ten years, 42 MB: a wrong unit of time is far beyond it.
SPAN_MINUTES_MAX = 5_300_000


@dataclass(frozen=True)
class CloseSeries:
    """Log prices on the grid of minutes. NaN is a minute without a price: a gap, or a day that is not used."""

    symbol: str
    first_ms: int
    log_close: NDArray[np.float64]


def close_series(symbol: str, times_ms: NDArray[np.int64], closes: NDArray[np.float64]) -> CloseSeries:
    """Closes in order of time; a close that is not known is NaN."""
    where = f"closes of {symbol}"
    if len(times_ms) == 0 or len(times_ms) != len(closes):
        raise _refused("closes", f"{len(times_ms)} times, {len(closes)} closes", "as many, and at least one", where)
    if np.any(times_ms % MINUTE_MS) or np.any(np.diff(times_ms) <= 0):
        raise _refused("times of closes", "times out of order or off the minute", "whole minutes that rise", where)
    if np.any(closes <= 0) or np.any(np.isinf(closes)):
        raise _refused("closes", "a price that is not above 0 and finite", "prices, or NaN", where)
    span = int(times_ms[-1] - times_ms[0]) // MINUTE_MS + 1
    if span > SPAN_MINUTES_MAX:
        raise _refused("closes", f"a span of {span} minutes", f"at most {SPAN_MINUTES_MAX}", where)
    log_close = np.full(span, np.nan)
    log_close[(times_ms - times_ms[0]) // MINUTE_MS] = np.log(closes)
    return CloseSeries(symbol, int(times_ms[0]), log_close)


def windows_at(series: CloseSeries, decision_times_ms: NDArray[np.int64], minutes: int) -> NDArray[np.float32]:
    """(rows, minutes): the closes up to and with each decision time, of which the last is 0."""
    last = (decision_times_ms - series.first_ms) // MINUTE_MS
    is_off = (decision_times_ms % MINUTE_MS != 0) | (last < 0) | (last >= len(series.log_close))
    _check(series, decision_times_ms, is_off, "a whole minute within the closes")
    _check(series, decision_times_ms, np.isnan(series.log_close[last]), "a minute whose close is known")
    index = last[:, None] + np.arange(1 - minutes, 1)
    values = series.log_close[np.maximum(index, 0)]
    values[index < 0] = np.nan
    return (values - series.log_close[last][:, None]).astype(np.float32)


def _check(
    series: CloseSeries, decision_times_ms: NDArray[np.int64], is_wrong: NDArray[np.bool_], expected: str
) -> None:
    if np.any(is_wrong):
        time = np.datetime64(int(decision_times_ms[int(np.argmax(is_wrong))]), "ms")
        found = f"{time}Z ({int(is_wrong.sum())} such rows)"
        raise _refused("decision time", found, expected, f"closes of {series.symbol}")


def _refused(what: str, found: str, expected: str, where: str) -> Failure:
    return Failure("data", what=what, found=found, expected=expected, where=where)
