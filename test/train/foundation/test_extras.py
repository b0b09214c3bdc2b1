"""
Chronos-2 and Moirai by the real loading code of their own packages, on tiny models made from a config. Where a package
is not installed the test is skipped and says so: each needs an environment of its own (src/train/extras).
"""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from foundation_cases import FIRST_MS, PLAIN, made_closes, refused

from train.foundation.model import FoundationModel, load

CLOSES = made_closes()

TIMES = FIRST_MS + 60_000 * np.arange(100, 140)
ROWS = (["ETHUSDT", "BTCUSDT"] * 20, TIMES)

needs_chronos = pytest.mark.skipif(
    importlib.util.find_spec("chronos") is None, reason="chronos-forecasting is not installed (--extra chronos)"
)
needs_moirai = pytest.mark.skipif(
    importlib.util.find_spec("uni2ts") is None, reason="uni2ts is not installed (--extra moirai)"
)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder is all that loading needs: whoever opens a connection fails the test."""

    def refused(*arguments: object) -> None:
        raise AssertionError(f"a connection was opened: {arguments}")

    monkeypatch.setattr("socket.socket.connect", refused)


def check(model: FoundationModel) -> None:
    found = model.p_up(CLOSES, ROWS, 5, lambda done, total: None)
    assert np.all((found > 0) & (found < 1)) and np.unique(found).size > 30
    np.testing.assert_array_equal(model.p_up(CLOSES, ROWS, 5, lambda done, total: None), found)
    one = model.p_up(CLOSES, (ROWS[0][7:8], ROWS[1][7:8]), 5, lambda done, total: None)
    assert one[0] == pytest.approx(found[7], abs=1e-4)
    control, again = (model.random_control(1).p_up(CLOSES, ROWS, 5, lambda done, total: None) for _ in range(2))
    np.testing.assert_array_equal(control, again)
    assert np.mean(np.abs(control - found)) > 1e-3
    card = model.card()
    assert card["counts_from"] == "2025-12-01" and len(card["weights"]["sha256"]) == 64


def save_chronos2(folder: Path, quantiles: list[float]) -> None:
    import torch
    from chronos.chronos2 import Chronos2Model
    from chronos.chronos2.config import Chronos2CoreConfig

    torch.manual_seed(1)
    config = Chronos2CoreConfig(
        d_model=32,
        d_kv=8,
        d_ff=48,
        num_layers=2,
        num_heads=4,
        initializer_factor=1.0,
        chronos_config={
            "context_length": 96,
            "input_patch_size": 16,
            "input_patch_stride": 16,
            "output_patch_size": 16,
            "quantiles": quantiles,
            "use_reg_token": True,
            "use_arcsinh": True,
            "max_output_patches": 2,
        },
        chronos_pipeline_class="Chronos2Pipeline",
    )
    Chronos2Model(config).save_pretrained(folder)


@needs_chronos
def test_chronos_2_loads_by_its_own_pipeline(tmp_path: Path) -> None:
    save_chronos2(tmp_path, [0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99])
    model = load(str(tmp_path), kind="chronos-2", weights_date=date(2025, 11, 30))
    assert (model.context_minutes, model.forecaster.horizon_max) == (96, 32)
    check(model)


@needs_chronos
def test_a_chronos_2_whose_quantiles_its_pipeline_cannot_use_is_refused(tmp_path: Path) -> None:
    save_chronos2(tmp_path, [0.1, 0.5, 0.9])
    assert refused(lambda: load(str(tmp_path), kind="chronos-2")).what == "quantiles"


@needs_chronos
def test_chronos_bolt_gives_what_its_own_pipeline_gives() -> None:
    import torch
    from chronos import BaseChronosPipeline

    from train.foundation.bolt import read_bolt

    windows = np.load(PLAIN / "reference.npz")["windows_0"]
    pipeline = BaseChronosPipeline.from_pretrained(str(PLAIN), local_files_only=True)
    theirs = pipeline.predict(torch.from_numpy(windows)).numpy()
    np.testing.assert_allclose(
        read_bolt(PLAIN).all_quantiles(windows), theirs, rtol=0, atol=3e-6 * np.abs(theirs).max()
    )


@needs_moirai
def test_moirai_2_loads_by_its_own_module(tmp_path: Path) -> None:
    import torch
    from uni2ts.model.moirai2 import Moirai2Module

    torch.manual_seed(1)
    module = Moirai2Module(
        d_model=64,
        d_ff=96,
        num_layers=2,
        patch_size=16,
        max_seq_len=9,
        attn_dropout_p=0.0,
        dropout_p=0.0,
        num_predict_token=2,
    )
    module.save_pretrained(tmp_path)
    model = load(str(tmp_path), kind="moirai", weights_date=date(2025, 11, 30))
    assert (model.context_minutes, model.forecaster.horizon_max) == (112, 32)
    check(model)


@pytest.mark.parametrize(
    ("kind", "config", "found"),
    [
        ("chronos-2", '{"architectures": ["ChronosBoltModelForForecasting"]}', "ChronosBoltModelForForecasting"),
        ("chronos-2", "{}", "None"),
        ("moirai", '{"patch_sizes": [8, 16], "distr_output": {}}', "distr_output, patch_sizes"),
    ],
)
def test_another_model_is_refused_before_any_package_is_asked(
    tmp_path: Path, kind: str, config: str, found: str
) -> None:
    (tmp_path / "config.json").write_text(config)
    assert found in refused(lambda: load(str(tmp_path), kind=kind)).found


@pytest.mark.parametrize(
    ("kind", "package", "config"),
    [
        ("chronos-2", "chronos", '{"architectures": ["Chronos2Model"]}'),
        ("moirai", "uni2ts", '{"patch_size": 16, "num_predict_token": 4}'),
    ],
)
def test_a_package_that_is_not_installed_is_named_with_its_command(
    tmp_path: Path, kind: str, package: str, config: str
) -> None:
    if importlib.util.find_spec(package) is not None:
        pytest.skip(f"{package} is installed here")
    (tmp_path / "config.json").write_text(config)
    error = refused(lambda: load(str(tmp_path), kind=kind))
    assert error.kind == "world" and "npm run train:setup -- --extra" in error.expected
