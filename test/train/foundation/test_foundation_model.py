"""The model as the rest of train sees it: P(UP) of rows, its controls and its card."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

import numpy as np
import pytest
from foundation_cases import FIRST_MS, PLAIN, made_closes, refused

from train.foundation import direction
from train.foundation.bolt import read_bolt
from train.foundation.model import BATCH_WINDOWS, last_value_p_up, load
from train.foundation.windows import close_series, windows_at

CLOSES = made_closes()

SYMBOLS = ["ETHUSDT", "BTCUSDT"] * 50
TIMES = FIRST_MS + 60_000 * np.repeat(np.arange(100, 150), 2)


def silent(done: int, total: int) -> None:
    assert 0 < done <= total


def test_each_row_gets_its_own_probability() -> None:
    steps: list[tuple[int, int]] = []
    found = load(str(PLAIN)).p_up(CLOSES, (SYMBOLS, TIMES), 5, lambda done, total: steps.append((done, total)))
    bolt = read_bolt(PLAIN)
    assert len(SYMBOLS) > 2 * BATCH_WINDOWS
    for row in (0, 1, 42, 99):
        series = close_series(SYMBOLS[row], *CLOSES[SYMBOLS[row]])
        quantiles = bolt.all_quantiles(windows_at(series, TIMES[row : row + 1], bolt.context_length))[:, :, 4]
        assert found[row] == pytest.approx(direction.p_up(quantiles, bolt.quantile_levels)[0], abs=1e-5)
    assert np.all((found > 0) & (found < 1)) and np.unique(found).size == 100
    assert [total for _, total in steps] == [100] * 4 and [done for done, _ in steps] == [32, 50, 82, 100]


def test_a_second_run_gives_the_same_bits() -> None:
    model = load(str(PLAIN))
    for one in (model, model.random_control(1)):
        np.testing.assert_array_equal(
            one.p_up(CLOSES, (SYMBOLS, TIMES), 5, silent), one.p_up(CLOSES, (SYMBOLS, TIMES), 5, silent)
        )


def test_the_random_control_says_something_else_and_says_that_it_is_one() -> None:
    model = load(str(PLAIN))
    control = model.random_control(3)
    assert (model.card()["control_seed"], control.card()["control_seed"]) == (None, 3)
    ours, others = (one.p_up(CLOSES, (SYMBOLS, TIMES), 5, silent) for one in (model, control))
    assert np.mean(np.abs(ours - others)) > 0.01


def test_the_last_value_has_no_direction() -> None:
    np.testing.assert_array_equal(last_value_p_up(3), [0.5, 0.5, 0.5])
    assert direction.p_up(np.zeros((1, 9)), tuple(level / 10 for level in range(1, 10)))[0] == 0.5


def test_the_card_says_what_was_asked_and_which_days_count() -> None:
    card = load(str(PLAIN), weights_date=date(2025, 11, 30)).card()
    assert json.loads(json.dumps(card)) == card
    assert (card["kind"], card["context_minutes"]) == ("chronos-bolt", 64)
    assert (card["release_date"], card["counts_from"]) == ("2025-11-30", "2025-12-01")
    assert len(card["weights"]["sha256"]) == 64 and card["weights"]["bytes"] > 0
    assert load(str(PLAIN)).card()["note"].startswith("release date unknown")


@pytest.mark.parametrize("minutes", [0, -5, 9])
def test_a_horizon_beyond_one_step_of_the_model_is_refused(minutes: int) -> None:
    error = refused(lambda: load(str(PLAIN)).p_up(CLOSES, (SYMBOLS, TIMES), minutes, silent))
    assert (error.what, error.found) == ("horizon", f"{minutes} minutes")


def test_a_symbol_without_closes_and_an_unknown_kind_are_refused() -> None:
    error = refused(lambda: load(str(PLAIN)).p_up(CLOSES, (["XRPUSDT"], TIMES[:1]), 5, silent))
    assert error.found == "none of 'XRPUSDT'"
    assert refused(lambda: load(str(PLAIN), kind="timesfm")).found == "'timesfm'"


def test_loading_and_forecasting_meet_no_torch_and_no_hub() -> None:
    """The default environment has neither; a machine that has them must not notice a difference."""
    code = (
        "import sys; from train.foundation.model import load; load(sys.argv[1]); "
        "print(sorted({'torch', 'huggingface_hub', 'chronos', 'uni2ts'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code, str(PLAIN)], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
