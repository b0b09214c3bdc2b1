"""What placebos do to the rows: labels shuffled, features of earlier days, features of the minute after."""

from __future__ import annotations

import numpy as np

from train.dataset.card import Limits
from train.dataset.parts import directed, train_mask
from train.dataset.samples import DAY_MS, MINUTE_MS, Samples
from train.judge.fold_runs import Disturbance

_SHUFFLE_STREAM = 7


def shuffled_labels(seed: int, number: int) -> Disturbance:
    """Labels of a fold's training rows change places among each other; those that it is judged by stay."""

    def disturb(samples: Samples, limits: Limits) -> Samples:
        rows = np.flatnonzero(train_mask(samples, limits) & directed(samples))
        label = samples.label.copy()
        generator = np.random.default_rng([seed, _SHUFFLE_STREAM, number, limits.fold])
        label[rows] = label[rows][generator.permutation(len(rows))]
        return samples.with_labels(label)

    return disturb


def days_older(samples: Samples, days: int, clocks: np.ndarray) -> Samples:
    """
    Each row with the features that its symbol had `days` days before, at the same minute; rows without such a
    row are left out. Columns of `clocks` are emptied: they tell the time of day, which is no older then.
    """
    moved = _moved(samples, -days * DAY_MS)
    moved.features[:, clocks] = np.nan
    return moved


def minute_later(samples: Samples) -> Samples:
    """Each row with the features of its symbol one minute later: a leak, since the label begins before."""
    return _moved(samples, MINUTE_MS)


def clock_columns(samples: Samples) -> np.ndarray:
    """Which features are a function of the minute of the day alone: the same a day before, in every row."""
    rows, partners = _partners(samples, -DAY_MS)
    if len(rows) == 0:
        return np.zeros(samples.features.shape[1], dtype=bool)
    now, before = samples.features[rows], samples.features[partners]
    # A feature that never changes at all tells no time either, and is kept.
    varies = np.nanmax(np.nan_to_num(now), axis=0) > np.nanmin(np.nan_to_num(now), axis=0)
    return np.all((now == before) | (np.isnan(now) & np.isnan(before)), axis=0) & varies


def _moved(samples: Samples, offset_ms: int) -> Samples:
    rows, partners = _partners(samples, offset_ms)
    return samples.take(rows).with_features(samples.features[partners])


def _partners(samples: Samples, offset_ms: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows that have a row of the same symbol at their own time plus an offset, and those rows."""
    # Times are below 2^43 ms, so symbol and time fit one key.
    keys = samples.symbol.astype(np.int64) * (1 << 44) + samples.decision_ms
    order = np.argsort(keys, kind="stable")
    sought = keys + offset_ms
    place = np.minimum(np.searchsorted(keys[order], sought), max(len(keys) - 1, 0))
    found = keys[order][place] == sought if len(keys) else np.zeros(0, dtype=bool)
    rows = np.flatnonzero(found)
    return rows, order[place[rows]]
