"""Leak test 4: a planted leak is found; martingales, shuffles and old features tell nothing; rules hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from conftest import named, train_here
from train.dataset.card import read_card
from train.dataset.samples import DAY_MS, MINUTE_MS, read_samples
from train.judge.metrics import metrics_of
from train.judge.outcome import Outcome
from train.judge.verdict import verdict_of
from train.placebo.disturbances import clock_columns, days_older, minute_later, shuffled_labels
from train.placebo.rules import Run, rule_leak, rule_shuffled, rule_single

MODELS = ["lightgbm", "xgboost", "logistic"]


@pytest.fixture(scope="module")
def walk(made: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A random walk: nothing to find."""
    return train_here(
        made(days=10, minutes_per_day=720),
        tmp_path_factory.mktemp("walk") / "into",
        models=[*MODELS, "last_sign", "constant"],
    )


@pytest.fixture(scope="module")
def signal(made: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Flow that tells a little of the next five minutes."""
    return train_here(
        made(days=10, minutes_per_day=720, signal=0.1),
        tmp_path_factory.mktemp("signal") / "into",
        models=[*MODELS, "last_sign"],
    )


@pytest.mark.parametrize("name", MODELS)
def test_no_skill_is_shown_on_a_random_walk(walk: dict[str, Any], name: str) -> None:
    model = named(walk, name)
    assert model["status"] == "judged"
    assert model["verdict"]["text"] == "no skill shown"
    auc = model["pooled"]["auc"]
    assert min(auc["low_4h"], auc["low_day"]) <= 0.5 <= max(auc["high_4h"], auc["high_day"])
    assert model["p_value"] > 0.01


@pytest.mark.parametrize("name", MODELS)
def test_skill_is_shown_where_there_is_some(signal: dict[str, Any], name: str) -> None:
    model = named(signal, name)
    assert model["verdict"] == {"skill": True, "text": "skill shown", "reasons": model["verdict"]["reasons"]}
    assert model["pooled"]["log_loss_skill"]["low_day"] > 0
    assert model["p_value"] < 0.01
    assert model["importance"][0]["feature"] == "delta_5m"


@pytest.mark.parametrize("name", [*MODELS, "last_sign"])
@pytest.mark.parametrize("kind", ["shuffled", "day_old", "martingale", "planted_leak"])
def test_every_placebo_is_clean_with_and_without_skill(
    walk: dict[str, Any], signal: dict[str, Any], name: str, kind: str
) -> None:
    for evaluation in (walk, signal):
        placebo = next(one for one in named(evaluation, name)["placebos"] if one["kind"] == kind)
        assert placebo["status"] == "clean", placebo
        assert placebo["rule"] and placebo["detail"]
        assert len(placebo["runs"]) == {"shuffled": 5, "day_old": 2, "martingale": 1, "planted_leak": 1}[kind]
        assert all(run["auc_low"] < run["auc"] < run["auc_high"] for run in placebo["runs"])


@pytest.mark.parametrize("name", MODELS)
def test_the_planted_leak_of_a_minute_is_found(walk: dict[str, Any], name: str) -> None:
    leak = next(one for one in named(walk, name)["placebos"] if one["kind"] == "planted_leak")
    assert leak["runs"][0]["auc_low"] > 0.6


def test_a_model_that_reads_no_feature_needs_no_placebo(walk: dict[str, Any]) -> None:
    constant = named(walk, "constant")
    assert {one["status"] for one in constant["placebos"]} == {"not_run"}
    assert constant["pooled"]["log_loss_skill"]["value"] == 0
    assert not any("placebo" in reason for reason in constant["verdict"]["reasons"])


def test_old_and_later_features_are_those_of_the_same_symbol(made: Callable[..., Path]) -> None:
    samples = read_samples(read_card(made(days=3, folds=1, sealed_days=0, minutes_per_day=300, symbols=("A", "B"))))
    later = minute_later(samples)
    old = days_older(samples, 1, clock_columns(samples))
    # A day has one last minute without a minute after it, and the first day has no day before it.
    assert (len(later), len(old)) == (2 * 3 * 299, 2 * 2 * 300)
    lookup = {(s, t): row for s, t, row in zip(samples.symbol, samples.decision_ms, samples.features, strict=True)}
    for moved, offset in ((later, MINUTE_MS), (old, -DAY_MS)):
        for row in (0, 299, len(moved) - 1):
            expected = lookup[moved.symbol[row], moved.decision_ms[row] + offset].copy()
            if offset < 0:
                expected[4] = np.nan
            np.testing.assert_array_equal(moved.features[row], expected)


def test_features_of_the_clock_are_told_by_their_values(made: Callable[..., Path]) -> None:
    samples = read_samples(read_card(made(days=3, folds=1, sealed_days=0, minutes_per_day=300, symbols=("A", "B"))))
    assert clock_columns(samples).tolist() == [False, False, False, False, True]


def test_shuffles_change_labels_of_training_rows_only(made: Callable[..., Path]) -> None:
    card = read_card(made(days=10))
    samples = read_samples(card)
    limits = card.folds[1]
    shuffled = shuffled_labels(1, 1)(samples, limits)
    changed = shuffled.label != samples.label
    assert changed.any()
    assert samples.label_end_ms[changed].max() <= limits.train_until_ms
    assert np.sort(shuffled.label).tolist() == np.sort(samples.label).tolist()
    assert (shuffled_labels(1, 2)(samples, limits).label != shuffled.label).any()


def runs(*values: float, p_value: float = 0.5) -> list[Run]:
    return [Run(str(index), auc, auc - 0.01, auc + 0.01, 0.0, p_value) for index, auc in enumerate(values)]


def test_shuffles_are_clean_by_their_mean_not_by_single_runs() -> None:
    rare = rule_shuffled(runs(0.40, 0.61, 0.59, 0.41, 0.5))
    leaked = rule_shuffled(runs(0.56, 0.57, 0.55, 0.58, 0.56))
    tiny = rule_shuffled(runs(0.5031, 0.5030, 0.5032, 0.5030, 0.5031))
    assert [ruling.clean for ruling in (rare, leaked, tiny) if not isinstance(ruling, str)] == [True, False, True]
    assert rule_shuffled(runs(0.5, 0.5)) == "2 runs could be judged, fewer than 3"


def test_the_rule_of_shuffles_is_wrong_once_in_a_hundred() -> None:
    generator = np.random.default_rng(1)
    rulings = [rule_shuffled(runs(*(0.5 + 0.03 * generator.normal(size=20)))) for _ in range(2000)]
    wrong = sum(not ruling.clean for ruling in rulings if not isinstance(ruling, str))
    assert 5 <= wrong <= 35


def test_single_runs_are_judged_with_their_number_in_mind() -> None:
    one = rule_single(runs(0.55, p_value=0.004))
    among_many = rule_single([*runs(0.55, p_value=0.004), *runs(*[0.5] * 19)])
    assert not isinstance(one, str) and not one.clean
    assert not isinstance(among_many, str) and among_many.clean
    assert "20 runs; furthest from 0.5: AUC 0.5500 (0)" in among_many.detail


def test_a_leak_that_is_not_seen_is_not_clean() -> None:
    found, missed = rule_leak(runs(0.6)[0]), rule_leak(runs(0.505)[0])
    assert not isinstance(found, str) and found.clean
    assert not isinstance(missed, str) and not missed.clean


def test_a_verdict_needs_skill_by_both_kinds_of_block_and_every_placebo() -> None:
    bounds = {"low_4h": 0.51, "low_day": 0.52}
    good = {"log_loss_skill": {"low_4h": 0.01, "low_day": 0.02}, "auc": bounds}
    clean = [{"kind": "shuffled", "status": "clean", "detail": ""}]
    required = {"shuffled"}
    for skill, placebos, needed, control, expected in (
        (good, clean, required, None, True),
        ({"log_loss_skill": {"low_4h": 0.01, "low_day": 0.0}, "auc": bounds}, clean, required, None, False),
        ({"log_loss_skill": {"low_4h": 0.01, "low_day": None}, "auc": bounds}, clean, required, None, False),
        ({**good, "auc": {"low_4h": 0.51, "low_day": 0.5}}, clean, required, None, False),
        ({**good, "auc": {"low_4h": None, "low_day": None}}, clean, required, None, False),
        (good, [{**clean[0], "status": "not_clean"}], required, None, False),
        (good, [{**clean[0], "status": "not_run"}], required, None, False),
        (good, [{**clean[0], "status": "not_run"}], set(), None, True),
        (good, clean, required, "its control is as good", False),
    ):
        verdict = verdict_of(skill, placebos, needed, control)
        assert verdict["skill"] is expected
        assert verdict["reasons"]


def test_an_aged_base_rate_gives_no_verdict_of_skill() -> None:
    """UP was more frequent in training than it is now: saying one half always has log-loss skill, and tells nothing."""
    rows = 1440 * 8
    minutes = (np.arange(rows) + 1) * 60_000
    label = (np.random.default_rng(1).random(rows) < 0.5).astype(np.int8)
    zeros, ones = np.zeros(rows, dtype=np.int64), np.ones(rows)
    always = Outcome(zeros, minutes, zeros, label, ones, ones, np.full(rows, 0.5), np.full(rows, 0.56))
    pooled = metrics_of(always, 1)
    assert min(pooled["log_loss_skill"][name] for name in ("low_4h", "low_day")) > 0
    verdict = verdict_of(pooled, [], set())
    assert not verdict["skill"]
    assert "the lower bound of AUC by blocks of days is 0.5000, not above 0.5" in verdict["reasons"]
