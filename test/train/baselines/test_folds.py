"""Leak test 3: no training label reaches a test block, whatever label ends are, by a second opinion too."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from purgedcv import purge
from purgedcv.diagnostics import assert_no_temporal_leakage

from made_dataset import EMBARGO_MS, HORIZON_MS, Made, make_dataset
from train.dataset import parts
from train.dataset.card import read_card
from train.dataset.parts import Part, train_mask, training_part
from train.dataset.samples import read_samples
from train.failure import Failure


def random_ends(seed: int):
    """Labels that end anywhere from a second to thirty hours after their decision."""

    def change(columns: dict[str, np.ndarray]) -> None:
        rows = len(columns["decision_time"])
        length_ms = np.random.default_rng(seed).integers(1_000, 30 * 3_600_000, rows)
        columns["label_end"] = columns["decision_time"] + length_ms

    return change


@pytest.mark.parametrize("seed", range(5))
def test_no_training_label_comes_within_an_embargo_of_a_test_block(tmp_path: Path, seed: int) -> None:
    made = Made(days=8, minutes_per_day=200, change=random_ends(seed), has_martingale=False)
    card = read_card(make_dataset(tmp_path, made))
    samples = read_samples(card)
    assert card.sealed is not None
    for limits in [*card.folds, card.sealed]:
        train, test = train_mask(samples, limits), parts.test_mask(samples, limits)
        assert train.any() and test.any()
        first_ms = samples.decision_ms[test].min()
        assert samples.label_end_ms[train].max() <= first_ms - EMBARGO_MS
        assert not np.any(train & (samples.fold == -1))
        part = training_part(samples, limits)
        assert isinstance(part, Part)
        if part.tune is not None and part.tune_train is not None:
            assert part.tune_train.label_end_ms.max() <= part.tune.decision_ms.min() - EMBARGO_MS


@pytest.mark.parametrize("seed", range(5))
def test_purgedcv_keeps_and_drops_the_same_rows(tmp_path: Path, seed: int) -> None:
    made = Made(days=8, minutes_per_day=200, change=random_ends(seed), has_martingale=False)
    card = read_card(make_dataset(tmp_path, made))
    samples = read_samples(card)
    begins = pd.Series(pd.to_datetime(samples.decision_ms, unit="ms"))
    ends = pd.Series(pd.to_datetime(samples.label_end_ms, unit="ms"))
    for limits in card.folds:
        train, test = (np.flatnonzero(mask) for mask in (train_mask(samples, limits), parts.test_mask(samples, limits)))
        before = np.flatnonzero((samples.decision_ms < limits.test_from_ms) & (samples.fold != -1))
        embargo = pd.Timedelta(milliseconds=card.embargo_ms)
        assert purge(before, test, begins, ends, embargo).tolist() == train.tolist()
        assert len(train) < len(before)
        assert_no_temporal_leakage(train, test, begins, ends)


def test_an_overlap_planted_at_the_start_of_a_test_block_is_purged(tmp_path: Path) -> None:
    """Widely copied code compares with the end of the test block and keeps such a row."""
    planted: list[int] = []

    def change(columns: dict[str, np.ndarray]) -> None:
        # The first row of the dataset is open until a millisecond into the first test block's embargo.
        first_test_ms = columns["decision_time"][columns["fold"] == 1].min()
        columns["label_end"][0] = first_test_ms - EMBARGO_MS + 1
        columns["label_end"][1] = first_test_ms - EMBARGO_MS
        planted.append(1)

    card = read_card(make_dataset(tmp_path, Made(days=8, minutes_per_day=200, change=change, has_martingale=False)))
    samples = read_samples(card)
    assert planted
    assert train_mask(samples, card.folds[0])[:3].tolist() == [False, True, True]
    assert train_mask(samples, card.folds[1])[:3].tolist() == [True, True, True]


def first_fold(**limits: str):
    return lambda card: card["folds"]["list"][0].update(limits)


def last_fold(**limits: str):
    return lambda card: card["folds"]["list"][3].update(limits)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("a fold that learns into its embargo", first_fold(train_until="2025-12-02T23:59:00Z")),
        ("an embargo shorter than a label and a look-back", lambda card: card["options"].update(embargo_ms=HORIZON_MS)),
        ("a tuning split without an embargo", last_fold(tune_train_until="2025-12-06T23:59:00Z")),
        ("rows of a fold outside its block", first_fold(test_to="2025-12-02T01:00:00Z")),
    ],
)
def test_a_card_is_refused_that_has(tmp_path: Path, name: str, change) -> None:
    folder = make_dataset(tmp_path, Made(minutes_per_day=100, has_martingale=False))
    document = json.loads((folder / "card.json").read_text())
    change(document)
    (folder / "card.json").write_text(json.dumps(document))
    with pytest.raises(Failure) as caught:
        read_samples(read_card(folder))
    assert caught.value.kind == "data", name
