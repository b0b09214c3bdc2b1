"""
Intervals by resampling blocks of time. Labels of neighbouring minutes overlap and features move slowly, so
rows are no independent draws; blocks of hours and days nearly are.

Statistics are made from sums over blocks, so that 2,000 draws cost a few matrix products. AUC compares
pairs within a fold only: each fold has a model of its own, and their levels say nothing of each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from train.judge.outcome import Outcome

RESAMPLES = 2000
#: Fewer blocks give no interval that deserves the name.
BLOCKS_MIN = 5
CONFIDENCE = 0.95
#: An interval is not told if more of its draws are undefined, for want of a class.
UNDEFINED_SHARE_MAX = 0.05


@dataclass(frozen=True)
class Spread:
    """What the draws of one kind of block say of one statistic."""

    low: float
    high: float
    error: float
    blocks: int


@dataclass(frozen=True)
class BlockSums:
    """One row per block. `concordant[b, c]`: pairs of an UP in b and a DOWN in c that p orders rightly, ties half."""

    loss: np.ndarray
    base_loss: np.ndarray
    square: np.ndarray
    base_square: np.ndarray
    right: np.ndarray
    base_right: np.ndarray
    rows: np.ndarray
    concordant: np.ndarray
    pairs: np.ndarray


STATISTICS = ("log_loss_skill", "brier_skill", "auc", "accuracy_lift")


def block_sums(outcome: Outcome, block: np.ndarray) -> BlockSums:
    """`outcome` has no FLAT rows."""
    blocks, number = np.unique(block, return_inverse=True)
    up = outcome.up
    y = up.astype(np.float64)

    def summed(values: np.ndarray) -> np.ndarray:
        return np.bincount(number, weights=values, minlength=len(blocks))

    concordant, pairs = _pairs(outcome, number, len(blocks))
    return BlockSums(
        loss=summed(-np.log(np.where(up, outcome.p, 1 - outcome.p))),
        base_loss=summed(-np.log(np.where(up, outcome.base, 1 - outcome.base))),
        square=summed((outcome.p - y) ** 2),
        base_square=summed((outcome.base - y) ** 2),
        right=summed(rightness(outcome.p, up)),
        base_right=summed(rightness(outcome.base, up)),
        rows=summed(np.ones(len(outcome))),
        concordant=concordant,
        pairs=pairs,
    )


def rightness(p: np.ndarray, up: np.ndarray) -> np.ndarray:
    """1 where p points to what happened, 0 where it does not, one half where it points nowhere."""
    return np.where(p == 0.5, 0.5, ((p > 0.5) == up).astype(np.float64))


def statistics(sums: BlockSums, counts: np.ndarray) -> dict[str, np.ndarray]:
    """Each statistic for each row of `counts`: how often each block is drawn. NaN where it is undefined."""
    drawn = counts.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "log_loss_skill": 1 - (drawn @ sums.loss) / (drawn @ sums.base_loss),
            "brier_skill": 1 - (drawn @ sums.square) / (drawn @ sums.base_square),
            "auc": ((drawn @ sums.concordant) * drawn).sum(axis=1) / ((drawn @ sums.pairs) * drawn).sum(axis=1),
            "accuracy_lift": (drawn @ sums.right - drawn @ sums.base_right) / (drawn @ sums.rows),
        }


def point(sums: BlockSums) -> dict[str, float]:
    values = statistics(sums, np.ones((1, len(sums.rows))))
    return {name: float(value[0]) for name, value in values.items()}


def spreads(sums: BlockSums, seed: int) -> dict[str, Spread] | None:
    """An interval per statistic; None with too few blocks. A statistic that is often undefined has none."""
    blocks = len(sums.rows)
    if blocks < BLOCKS_MIN:
        return None
    generator = np.random.default_rng([seed, blocks])
    counts = generator.multinomial(blocks, np.full(blocks, 1 / blocks), size=RESAMPLES)
    tail = expanded_tail(blocks)
    found: dict[str, Spread] = {}
    for name, values in statistics(sums, counts).items():
        defined = values[np.isfinite(values)]
        if len(defined) < len(values) * (1 - UNDEFINED_SHARE_MAX):
            continue
        low, high = np.quantile(defined, [tail, 1 - tail])
        error = float(defined.std(ddof=1) * np.sqrt(blocks / (blocks - 1)))
        found[name] = Spread(float(low), float(high), error, blocks)
    return found


def expanded_tail(blocks: int) -> float:
    """
    Percentile intervals of few blocks are too narrow: the tail that makes them as wide as Student's t would
    (Hesterberg 2015, What Teachers Should Know About the Bootstrap, section 5: the expanded percentile).
    """
    wide = stats.t.ppf((1 + CONFIDENCE) / 2, blocks - 1) * np.sqrt(blocks / (blocks - 1))
    return float(stats.norm.cdf(-wide))


def _pairs(outcome: Outcome, number: np.ndarray, blocks: int) -> tuple[np.ndarray, np.ndarray]:
    concordant = np.zeros((blocks, blocks))
    pairs = np.zeros((blocks, blocks))
    for fold in np.unique(outcome.fold):
        inside = outcome.fold == fold
        ups = inside & outcome.up
        p_up, block_up = outcome.p[ups], number[ups]
        ups_by_block = np.bincount(block_up, minlength=blocks)
        p_down, block_down = outcome.p[inside & ~outcome.up], number[inside & ~outcome.up]
        order = np.lexsort((p_down, block_down))
        found, begins = np.unique(block_down[order], return_index=True)
        for block, downs in zip(found, np.split(p_down[order], begins[1:]), strict=False):
            below = np.searchsorted(downs, p_up, "left") + np.searchsorted(downs, p_up, "right")
            concordant[:, block] += np.bincount(block_up, weights=below / 2, minlength=blocks)
            pairs[:, block] += ups_by_block * len(downs)
    return concordant, pairs
