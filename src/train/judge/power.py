"""The smallest AUC that this much data could tell from one half."""

from __future__ import annotations

import numpy as np
from scipy import stats

from train.dataset.samples import UP, Samples

SIGNIFICANCE = 0.05
POWER = 0.8


def smallest_auc(rows: Samples) -> float | None:
    """
    By Hanley and McNeil's standard error at AUC 0.5, two-sided at 5 %, found four times of five. Rows count by
    their weights, since overlapping labels share their information, and symbols of one instant count as one,
    since they move together. It knows nothing of features that move slowly: take it as a lower limit.
    """
    symbols = len(np.unique(rows.symbol))
    if symbols == 0:
        return None
    ups = float(rows.weight[rows.label == UP].sum()) / symbols
    downs = float(rows.weight[rows.label != UP].sum()) / symbols
    if ups < 1 or downs < 1:
        return None
    error = np.sqrt((ups + downs + 1) / (12 * ups * downs))
    distance = (stats.norm.ppf(1 - SIGNIFICANCE / 2) + stats.norm.ppf(POWER)) * error
    return float(min(1.0, 0.5 + distance))
