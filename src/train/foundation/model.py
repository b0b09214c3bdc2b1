"""A foundation model as the rest of `train` sees it: loaded from a source, asked for P(UP), with its controls."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from train.failure import Failure
from train.foundation import direction
from train.foundation.bolt import read_bolt
from train.foundation.release import Release, release_of
from train.foundation.source import Source, resolve_source
from train.foundation.windows import CONTEXT_MINUTES_MAX, close_series, windows_at

# At the shape of chronos-bolt-base a batch of 32 windows takes 60 MB.
BATCH_WINDOWS = 32
LAST_VALUE_RULE = (
    "last value: the price stays where it is. All of its distribution lies at 0, half of it counts as UP, so it says "
    "0.5 for every row: no direction, AUC 0.5, and a log-loss skill below 0 by how far the base rate is from one half"
)

Progress = Callable[[int, int], None]
Closes = Mapping[str, tuple[NDArray[np.int64], NDArray[np.float64]]]
Rows = tuple[Sequence[str], NDArray[np.int64]]


class Forecaster(Protocol):
    """One kind of model. A window is a row of values one minute apart, NaN where missing."""

    @property
    def context_length(self) -> int: ...
    @property
    def horizon_max(self) -> int: ...
    @property
    def quantile_levels(self) -> tuple[float, ...]: ...
    def quantiles(self, windows: NDArray[np.float32], horizon: int) -> NDArray[np.float32]: ...
    def random_control(self, seed: int) -> Forecaster: ...


@dataclass(frozen=True)
class FoundationModel:
    kind: str
    source: Source
    release: Release
    forecaster: Forecaster
    control_seed: int | None = None

    @property
    def context_minutes(self) -> int:
        return min(self.forecaster.context_length, CONTEXT_MINUTES_MAX)

    def random_control(self, seed: int) -> FoundationModel:
        """The same architecture with random weights: what it scores, the architecture and the data score alone."""
        return replace(self, forecaster=self.forecaster.random_control(seed), control_seed=seed)

    def p_up(self, closes: Closes, rows: Rows, horizon_minutes: int, progress: Progress) -> NDArray[np.float64]:
        """P(UP) of each row, in the order of rows. A close that is not known is NaN."""
        symbols, times_ms = np.asarray(rows[0]), np.asarray(rows[1], dtype=np.int64)
        assert len(symbols) == len(times_ms), "one symbol per row"
        self._check_horizon(horizon_minutes)
        out = np.empty(len(times_ms))
        done = 0
        for symbol in sorted(set(symbols.tolist())):
            if symbol not in closes:
                raise Failure(
                    "data",
                    what="closes",
                    found=f"none of '{symbol}'",
                    expected="closes of every symbol",
                    where="dataset",
                )
            series = close_series(symbol, *closes[symbol])
            index = np.flatnonzero(symbols == symbol)
            for start in range(0, len(index), BATCH_WINDOWS):
                batch = index[start : start + BATCH_WINDOWS]
                out[batch] = self._p_up_of(windows_at(series, times_ms[batch], self.context_minutes), horizon_minutes)
                done += len(batch)
                progress(done, len(times_ms))
        return out

    def card(self) -> dict[str, Any]:
        """What has to stand beside every number of this model."""
        weights = self.source.folder / "model.safetensors"
        counts_from = self.release.counts_from
        return {
            "kind": self.kind,
            "source": self.source.text,
            "revision": self.source.revision,
            "weights": {"name": weights.name, "bytes": weights.stat().st_size, "sha256": _sha256(weights)},
            "control_seed": self.control_seed,
            "context_minutes": self.context_minutes,
            "quantile_levels": list(self.forecaster.quantile_levels),
            "rule": direction.RULE,
            "release_date": None if self.release.day is None else self.release.day.isoformat(),
            "release_source": self.release.source,
            "counts_from": None if counts_from is None else counts_from.isoformat(),
            "note": self.release.text,
        }

    def _p_up_of(self, windows: NDArray[np.float32], horizon: int) -> NDArray[np.float64]:
        quantiles = self.forecaster.quantiles(windows, horizon)
        if not np.all(np.isfinite(quantiles)):
            expected = "finite quantiles"
            raise Failure("data", what="forecast", found="not a number", expected=expected, where=self.source.text)
        return direction.p_up(quantiles, self.forecaster.quantile_levels)

    def _check_horizon(self, minutes: int) -> None:
        if not 1 <= minutes <= self.forecaster.horizon_max:
            expected = f"1 to {self.forecaster.horizon_max} minutes, which this model forecasts in one step"
            raise Failure("data", what="horizon", found=f"{minutes} minutes", expected=expected, where=self.source.text)


def load(
    source: str,
    *,
    kind: str = "chronos-bolt",
    weights_date: date | None = None,
    offline: bool = True,
    environment: Mapping[str, str] = os.environ,
) -> FoundationModel:
    """A model from a folder or a hub id. Nothing is fetched unless `offline` is False."""
    reader = READERS.get(kind)
    if reader is None:
        raise Failure(
            "usage",
            what="kind of foundation model",
            found=f"'{kind}'",
            expected=", ".join(READERS),
            where="command line",
        )
    found = resolve_source(source, offline=offline, environment=environment)
    return FoundationModel(kind, found, release_of(found.hub_id, weights_date), reader(found.folder))


def last_value_p_up(rows: int) -> NDArray[np.float64]:
    """The other control; see LAST_VALUE_RULE."""
    return np.full(rows, 0.5)


def _read_chronos2(folder: Path) -> Forecaster:
    from train.foundation.chronos2 import read_chronos2

    return read_chronos2(folder)


def _read_moirai(folder: Path) -> Forecaster:
    from train.foundation.moirai import read_moirai

    return read_moirai(folder)


# Chronos-2 and Moirai bring torch: their modules are met only when asked for.
READERS: Mapping[str, Callable[[Path], Forecaster]] = {
    "chronos-bolt": read_bolt,
    "chronos-2": _read_chronos2,
    "moirai": _read_moirai,
}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
