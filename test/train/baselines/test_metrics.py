"""Metrics against scikit-learn, scipy and closed forms; intervals and p-values by their promises."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

from train.judge.blocks import BLOCKS_MIN, block_sums, expanded_tail, point, spreads
from train.judge.calibration import calibration_bins, calibration_error, calibration_slope, tied_bins
from train.judge.metrics import metrics_of, why_not_judged
from train.judge.money import break_even_accuracy, confidence_deciles
from train.judge.outcome import Outcome
from train.judge.power import smallest_auc
from train.judge.rotation import rotation_p_value

DAY = 1440


def outcome(p: np.ndarray, up: np.ndarray, fold: np.ndarray | None = None, base: float = 0.5) -> Outcome:
    rows = len(p)
    minutes = (np.arange(rows) + 1) * 60_000
    zero = np.zeros(rows, dtype=np.int64)
    label = up.astype(np.int8)
    ret = np.where(up, 5.0, -5.0)
    return Outcome(
        zero, minutes, zero if fold is None else fold, label, ret, np.full(rows, 0.2), p, np.full(rows, base)
    )


def random_outcome(rows: int, strength: float, seed: int = 1, digits: int | None = None) -> Outcome:
    generator = np.random.default_rng(seed)
    p = 1 / (1 + np.exp(-generator.normal(size=rows) * strength))
    up = generator.random(rows) < p
    return outcome(p if digits is None else np.round(p, digits), up)


def test_point_values_are_those_of_scikit_learn() -> None:
    one = random_outcome(4000, 0.8, digits=2)
    values = point(block_sums(one, one.block))
    base = np.full(len(one), 0.5)
    assert values["auc"] == pytest.approx(roc_auc_score(one.up, one.p), abs=1e-12)
    assert values["log_loss_skill"] == pytest.approx(1 - log_loss(one.up, one.p) / log_loss(one.up, base), abs=1e-12)
    skill = 1 - brier_score_loss(one.up, one.p) / brier_score_loss(one.up, base)
    assert values["brier_skill"] == pytest.approx(skill, abs=1e-12)


def test_auc_compares_pairs_within_folds_only() -> None:
    first, second = random_outcome(1000, 0.5, 1), random_outcome(1500, 0.5, 2)
    shifted = 0.5 + second.p / 2  # Another level says nothing within a fold.
    p, up = np.concatenate([first.p, shifted]), np.concatenate([first.up, second.up])
    both = outcome(p, up, np.repeat([1, 2], [1000, 1500]))
    pairs = [int(one.up.sum()) * int((~one.up).sum()) for one in (first, second)]
    expected = np.average([roc_auc_score(one.up, one.p) for one in (first, second)], weights=pairs)
    assert point(block_sums(both, both.day))["auc"] == pytest.approx(expected, abs=1e-12)


def test_accuracy_lift_counts_no_direction_as_half_and_the_base_rate_as_a_guess() -> None:
    one = outcome(np.array([0.7, 0.5, 0.2, 0.6]), np.array([True, True, False, False]), base=0.6)
    # 2.5 of 4 right; always UP is right for 2 of 4.
    assert point(block_sums(one, one.day))["accuracy_lift"] == pytest.approx(2.5 / 4 - 2 / 4)


def test_the_calibration_slope_is_that_of_an_unpenalised_logistic_regression() -> None:
    one = random_outcome(3000, 0.7)
    overconfident = outcome(1 / (1 + np.exp(-3 * np.log(one.p / (1 - one.p)))), one.up)
    odds = np.log(overconfident.p / (1 - overconfident.p))[:, None]
    expected = LogisticRegression(C=np.inf, tol=1e-12).fit(odds, one.up).coef_[0, 0]
    assert calibration_slope(overconfident) == pytest.approx(expected, rel=1e-4)
    assert calibration_slope(overconfident) == pytest.approx(1 / 3, abs=0.05)


def test_there_is_no_calibration_slope_without_a_spread_or_with_classes_apart() -> None:
    up = np.arange(100) >= 50
    assert calibration_slope(outcome(np.full(100, 0.5), up)) is None
    assert calibration_slope(outcome(np.linspace(0.1, 0.9, 100), up)) is None
    assert calibration_slope(outcome(np.linspace(0.1, 0.9, 100), np.ones(100, dtype=bool))) is None
    # A level for each fold is no spread.
    assert (
        calibration_slope(outcome(np.repeat([0.4, 0.6], 50), np.tile([True, False], 50), np.repeat([1, 2], 50))) is None
    )


def test_the_calibration_error_is_the_mean_distance_over_bins() -> None:
    one = outcome(np.repeat([0.3, 0.8], 50), np.concatenate([np.arange(50) < 20, np.arange(50) < 40]))
    assert calibration_error(one) == pytest.approx(0.5 * abs(0.3 - 0.4) + 0.5 * 0)
    assert [one["rows"] for one in calibration_bins(one)] == [50, 50]


def test_bins_hold_equal_shares_and_keep_ties_together() -> None:
    assert np.bincount(tied_bins(np.random.default_rng(1).random(1000), 10))[1:].tolist() == [100] * 10
    assert set(tied_bins(np.full(7, 0.5), 10)) == {10}


def test_break_even_accuracy_is_impossible_where_costs_exceed_the_mean_move() -> None:
    assert break_even_accuracy(5.0, 10.0) == pytest.approx(1.5)
    assert break_even_accuracy(5.0, 0.0) == 0.5
    assert break_even_accuracy(None, 10.0) is None


def test_deciles_of_confidence_pay_flat_rows_too_and_judge_them_not() -> None:
    label = np.array([1, 0, -1, 1], dtype=np.int8)
    base = outcome(np.array([0.9, 0.9, 0.9, 0.9]), label == 1)
    one = Outcome(**{**base.__dict__, "label": label, "ret_bps": np.array([6.0, -4.0, 0.0, 6.0])})
    (decile,) = confidence_deciles(one, (1.0,))
    assert decile == {"decile": 10, "rows": 4, "accuracy": pytest.approx(2 / 3), "net_bps": [pytest.approx(1.0)]}


def test_the_expanded_percentile_is_as_wide_as_student_says() -> None:
    assert expanded_tail(10**6) == pytest.approx(0.025, abs=1e-5)
    assert stats.norm.ppf(1 - expanded_tail(5)) == pytest.approx(stats.t.ppf(0.975, 4) * np.sqrt(5 / 4))


def test_intervals_need_five_blocks() -> None:
    four = random_outcome(DAY * 4, 0.3)
    assert metrics_of(four, 1)["auc"]["low_day"] is None
    assert metrics_of(four, 1)["auc"]["low_4h"] is not None
    assert metrics_of(random_outcome(DAY * BLOCKS_MIN, 0.3), 1)["auc"]["low_day"] is not None


def test_intervals_by_blocks_hold_the_truth_where_those_of_rows_do_not() -> None:
    """Predictions and labels that last two hours: rows are not independent, blocks nearly are."""
    held = held_by_rows = 0
    runs = 60
    for seed in range(runs):
        generator = np.random.default_rng(seed)
        p = np.repeat(generator.uniform(0.4, 0.6, DAY * 10 // 120), 120)
        up = np.repeat(generator.random(DAY * 10 // 120) < 0.5, 120)
        found = metrics_of(outcome(p, up), 1)["auc"]
        held += min(found["low_4h"], found["low_day"]) <= 0.5 <= max(found["high_4h"], found["high_day"])
        error = np.sqrt((len(p) + 1) / (12 * up.sum() * (~up).sum()))
        held_by_rows += abs(found["value"] - 0.5) < 1.96 * error
    assert held >= runs * 0.9
    assert held_by_rows < runs * 0.4


def test_p_values_of_rotation_are_even_without_skill_and_small_with_it() -> None:
    values = [rotation_p_value(shuffled(seed), seed) for seed in range(100)]
    assert stats.kstest([value for value in values if value is not None], "uniform").pvalue > 0.01
    assert rotation_p_value(random_outcome(DAY * 3, 0.5), 1) == pytest.approx(1 / 2001)
    assert rotation_p_value(outcome(np.full(100, 0.4), np.arange(100) < 30), 1) is None


def shuffled(seed: int) -> Outcome:
    generator = np.random.default_rng(seed)
    return outcome(generator.uniform(0.4, 0.6, 1000), generator.random(1000) < 0.5)


def test_the_smallest_auc_is_that_of_hanley_and_mcneil_on_weighted_rows(samples_of_weights) -> None:
    rows = samples_of_weights(5000, 0.2)
    error = np.sqrt((1000 + 1) / (12 * 500 * 500))
    expected = 0.5 + (stats.norm.ppf(0.975) + stats.norm.ppf(0.8)) * error
    assert smallest_auc(rows) == pytest.approx(expected)
    # A second symbol moves with the first and adds nothing.
    assert smallest_auc(samples_of_weights(10_000, 0.2, symbols=2)) == pytest.approx(expected)
    assert smallest_auc(samples_of_weights(4, 0.2)) is None


def test_rows_of_one_class_or_too_few_are_not_judged() -> None:
    assert (
        why_not_judged(outcome(np.full(30, 0.5), np.ones(30, dtype=bool)))
        == "all 30 rows went UP: nothing to tell apart"
    )
    assert why_not_judged(outcome(np.full(3, 0.5), np.ones(3, dtype=bool))) == "3 rows to judge by, fewer than 20"


def test_a_seed_gives_the_same_interval() -> None:
    one = random_outcome(DAY * 6, 0.3)
    sums = block_sums(one, one.day)
    assert spreads(sums, 3) == spreads(sums, 3)
    assert spreads(sums, 3) != spreads(sums, 4)
