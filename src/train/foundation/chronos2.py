"""Chronos-2 through its own package, chronos-forecasting 2: an extra, in an environment of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from train.failure import Failure
from train.foundation.bolt_config import read_config

if TYPE_CHECKING:
    from chronos import Chronos2Pipeline

ARCHITECTURE = "Chronos2Model"
# The package asks for these of every model, whether it needs them for a horizon or not.
QUANTILES_NEEDED = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Chronos2:
    pipeline: Chronos2Pipeline

    @property
    def context_length(self) -> int:
        return self.pipeline.model_context_length

    @property
    def horizon_max(self) -> int:
        return self.pipeline.model_prediction_length

    @property
    def quantile_levels(self) -> tuple[float, ...]:
        return tuple(self.pipeline.quantiles)

    def quantiles(self, windows: NDArray[np.float32], horizon: int) -> NDArray[np.float32]:
        """Each window is a series of its own: no row learns from another one of its batch."""
        forecasts, _ = self.pipeline.predict_quantiles(
            windows[:, None, :],
            prediction_length=horizon,
            quantile_levels=list(self.pipeline.quantiles),
            batch_size=len(windows),
            cross_learning=False,
            limit_prediction_length=True,
        )
        return np.stack([forecast[0, -1].numpy() for forecast in forecasts])

    def random_control(self, seed: int) -> Chronos2:
        from train.foundation.torch_weights import randomised

        return Chronos2(type(self.pipeline)(model=randomised(self.pipeline.model, seed)))


def read_chronos2(folder: Path) -> Chronos2:
    config = read_config(folder / "config.json")
    if config.get("architectures") != [ARCHITECTURE]:
        found = f"{config.get('architectures')}"
        raise Failure("data", what="architectures", found=found, expected=f"['{ARCHITECTURE}']", where=str(folder))
    try:
        import torch
        from chronos import BaseChronosPipeline
    except ImportError as error:
        expected = "chronos-forecasting: `npm run train:setup -- --extra chronos`"
        raise Failure("world", what="chronos-2", found=str(error), expected=expected, where="Python") from error
    try:
        pipeline = BaseChronosPipeline.from_pretrained(
            str(folder), device_map="cpu", torch_dtype=torch.float32, local_files_only=True
        )
    except (OSError, ValueError, RuntimeError, AssertionError) as error:
        found = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise Failure("data", what="chronos-2", found=found, expected="a saved model", where=str(folder)) from error
    if not set(QUANTILES_NEEDED) <= set(pipeline.quantiles):
        found = f"{list(pipeline.quantiles)}"
        raise Failure("data", what="quantiles", found=found, expected=f"with {QUANTILES_NEEDED}", where=str(folder))
    pipeline.model.eval()
    return Chronos2(pipeline)
