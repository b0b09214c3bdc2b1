"""Moirai 2 through its own package, uni2ts: an extra, in an environment of its own. Moirai 1 draws samples instead."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from train.failure import Failure
from train.foundation.bolt_config import read_config

if TYPE_CHECKING:
    from uni2ts.model.moirai2 import Moirai2Module


@dataclass(frozen=True)
class Moirai:
    module: Moirai2Module

    @property
    def context_length(self) -> int:
        """What the model's table of positions holds beside the tokens that are forecast."""
        return (self.module.max_seq_len - self.module.num_predict_token) * self.module.patch_size

    @property
    def horizon_max(self) -> int:
        """Beyond it the package feeds the model its own forecasts."""
        return self.module.num_predict_token * self.module.patch_size

    @property
    def quantile_levels(self) -> tuple[float, ...]:
        return tuple(self.module.quantile_levels)

    def quantiles(self, windows: NDArray[np.float32], horizon: int) -> NDArray[np.float32]:
        """The package itself fills missing values, and tells the model which they are."""
        from uni2ts.model.moirai2 import Moirai2Forecast

        forecast = Moirai2Forecast(
            prediction_length=horizon,
            target_dim=1,
            feat_dynamic_real_dim=0,
            past_feat_dynamic_real_dim=0,
            context_length=windows.shape[1],
            module=self.module,
        )
        return forecast.predict(list(windows))[:, :, horizon - 1]

    def random_control(self, seed: int) -> Moirai:
        from train.foundation.torch_weights import randomised

        return Moirai(randomised(self.module, seed))


def read_moirai(folder: Path) -> Moirai:
    config = read_config(folder / "config.json")
    if "patch_size" not in config or "num_predict_token" not in config:
        found = f"a config with {', '.join(sorted(config)) or 'nothing'}"
        expected = "Moirai 2, whose config has patch_size and num_predict_token"
        raise Failure("data", what="moirai", found=found, expected=expected, where=str(folder))
    try:
        from uni2ts.model.moirai2 import Moirai2Module
    except ImportError as error:
        expected = "uni2ts: `npm run train:setup -- --extra moirai`"
        raise Failure("world", what="moirai", found=str(error), expected=expected, where="Python") from error
    try:
        module = Moirai2Module.from_pretrained(str(folder), local_files_only=True, strict=True)
    except (OSError, ValueError, RuntimeError, TypeError, AssertionError) as error:
        found = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise Failure("data", what="moirai", found=found, expected="a saved model", where=str(folder)) from error
    module.eval()
    return Moirai(module)
