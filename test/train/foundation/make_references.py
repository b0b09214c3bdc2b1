"""
Makes the fixtures of test_bolt.py: tiny Chronos-Bolt models with random weights, windows, the quantiles that the
original computes in torch, and the same in double precision. Run once, with `chronos-forecasting` installed (5.6 GB,
so in an environment of its own):

    python test/train/foundation/make_references.py test/train/foundation/reference && npx oxfmt test/train
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import chronos
import numpy as np
import torch
import transformers
from chronos.base import BaseChronosPipeline
from chronos.chronos_bolt import ChronosBoltModelForForecasting, InstanceNorm
from transformers.models.t5.modeling_t5 import T5Attention, T5LayerNorm

NINE = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
# As the published models are built, but small.
PLAIN = {
    "chronos": {
        "context_length": 64,
        "prediction_length": 8,
        "input_patch_size": 16,
        "input_patch_stride": 16,
        "quantiles": NINE,
        "use_reg_token": True,
    },
    "d_model": 16,
    "d_kv": 8,
    "d_ff": 32,
    "num_heads": 2,
    "num_layers": 2,
    "num_decoder_layers": 2,
    "feed_forward_proj": "relu",
    "relative_attention_num_buckets": 32,
    "relative_attention_max_distance": 128,
}
# Heads that do not add up to the width, no REG token, few quantiles, fewer encoder than decoder layers.
GATED = {
    "chronos": {
        "context_length": 48,
        "prediction_length": 5,
        "input_patch_size": 8,
        "input_patch_stride": 8,
        "quantiles": [0.1, 0.25, 0.5, 0.75, 0.9],
        "use_reg_token": False,
    },
    "d_model": 12,
    "d_kv": 4,
    "d_ff": 20,
    "num_heads": 2,
    "num_layers": 1,
    "num_decoder_layers": 3,
    "feed_forward_proj": "gated-gelu",
    "relative_attention_num_buckets": 8,
    "relative_attention_max_distance": 20,
}
# Patches that overlap.
OVERLAP = {
    "chronos": {
        "context_length": 60,
        "prediction_length": 4,
        "input_patch_size": 12,
        "input_patch_stride": 6,
        "quantiles": NINE,
        "use_reg_token": True,
    },
    "d_model": 20,
    "d_kv": 6,
    "d_ff": 24,
    "num_heads": 3,
    "num_layers": 2,
    "num_decoder_layers": 1,
    "feed_forward_proj": "gated-silu",
    "relative_attention_num_buckets": 16,
    "relative_attention_max_distance": 40,
}
# More patches than the largest distance that has a bucket of its own.
LONG = {
    "chronos": {
        "context_length": 640,
        "prediction_length": 6,
        "input_patch_size": 4,
        "input_patch_stride": 4,
        "quantiles": NINE,
        "use_reg_token": True,
    },
    "d_model": 16,
    "d_kv": 4,
    "d_ff": 24,
    "num_heads": 4,
    "num_layers": 3,
    "num_decoder_layers": 2,
    "feed_forward_proj": "silu",
    "relative_attention_num_buckets": 32,
    "relative_attention_max_distance": 128,
}
MODELS = {"plain": PLAIN, "gated": GATED, "overlap": OVERLAP, "long": LONG}
BUCKET_TABLES = [(32, 128), (8, 20), (16, 40), (32, 64), (64, 512)]


def main(target: Path) -> None:
    torch.set_num_threads(1)
    for index, (name, shape) in enumerate(MODELS.items()):
        folder = target / name
        save_model(folder, shape, seed=index + 1)
        save_references(folder, seed=index + 101)
    distances = torch.arange(-600, 601)
    tables = {
        f"{buckets}_{far}": T5Attention._relative_position_bucket(distances, True, buckets, far)
        .numpy()
        .astype(np.int16)
        for buckets, far in BUCKET_TABLES
    }
    np.savez_compressed(target / "buckets.npz", distances=distances.numpy().astype(np.int16), **tables)
    print(f"torch {torch.__version__}, transformers {transformers.__version__}, chronos {chronos.__version__}")


def save_model(folder: Path, shape: dict, seed: int) -> None:
    torch.manual_seed(seed)
    layers = {key: value for key, value in shape.items() if key != "chronos"}
    config = transformers.T5Config(
        **layers,
        chronos_config=shape["chronos"],
        chronos_pipeline_class="ChronosBoltPipeline",
        decoder_start_token_id=0,
        pad_token_id=0,
        eos_token_id=1,
        dropout_rate=0.1,
    )
    model = ChronosBoltModelForForecasting(config)
    with torch.no_grad():
        for parameter in model.parameters():
            # A new model's biases are 0 and its norms 1, and would hide a bias or a norm that is left out.
            parameter += 0.2 * torch.randn_like(parameter)
    model.save_pretrained(folder)


def save_references(folder: Path, seed: int) -> None:
    pipeline = BaseChronosPipeline.from_pretrained(str(folder))
    random = np.random.default_rng(seed)
    groups = windows_of(pipeline.model_context_length, pipeline.model.patch.patch_size, random)
    arrays: dict[str, np.ndarray] = {}
    for index, windows in enumerate(groups):
        arrays[f"windows_{index}"] = windows
        arrays[f"quantiles_{index}"] = pipeline.predict(torch.from_numpy(windows)).numpy()
    with without_single_precision():
        exact = pipeline.model.double()
        for index, windows in enumerate(groups):
            context = torch.from_numpy(windows).double()
            with torch.no_grad():
                arrays[f"exact_{index}"] = exact(context=context).quantile_preds.numpy()
    np.savez_compressed(folder / "reference.npz", **arrays)


@contextmanager
def without_single_precision() -> Iterator[None]:
    """Two layers of the original turn to float32 on their own; in here they stay in what they are given."""
    norms = T5LayerNorm.forward, InstanceNorm.forward, InstanceNorm.inverse

    def rms(self: T5LayerNorm, values: torch.Tensor) -> torch.Tensor:
        return self.weight * values * torch.rsqrt(values.pow(2).mean(-1, keepdim=True) + self.variance_epsilon)

    def normal(self: InstanceNorm, x: torch.Tensor) -> tuple[torch.Tensor, tuple[torch.Tensor, torch.Tensor]]:
        loc = torch.nan_to_num(torch.nanmean(x, dim=-1, keepdim=True), nan=0.0)
        scale = torch.nan_to_num((x - loc).square().nanmean(dim=-1, keepdim=True).sqrt(), nan=1.0)
        scale = torch.where(scale == 0, self.eps, scale)
        return (x - loc) / scale, (loc, scale)

    def back(self: InstanceNorm, x: torch.Tensor, loc_scale: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
        return x * loc_scale[1] + loc_scale[0]

    T5LayerNorm.forward, InstanceNorm.forward, InstanceNorm.inverse = rms, normal, back
    try:
        yield
    finally:
        T5LayerNorm.forward, InstanceNorm.forward, InstanceNorm.inverse = norms


def windows_of(context: int, patch: int, random: np.random.Generator) -> list[np.ndarray]:
    """Groups of windows of one length each, with every way of missing values."""
    full = walk(random, 6, context)
    full[1, random.random(context) < 0.3] = np.nan
    full[2, : context - 3] = np.nan
    full[3, patch : 3 * patch] = np.nan
    full[4, :] = 0.0
    full[5, :] *= 1000
    within = walk(random, 2, patch - 1)
    within[1, 0] = np.nan
    between = walk(random, 2, 2 * patch + 3)
    between[1, -2] = np.nan
    beyond = walk(random, 2, context + patch + 5)
    beyond[1, -patch - 1 :: 2] = np.nan
    one = walk(random, 1, 1)
    return [full, within, between, beyond, one]


def walk(random: np.random.Generator, count: int, length: int) -> np.ndarray:
    """What the model is shown in flowbars: log prices minus the last."""
    path = np.cumsum(random.normal(0, 5e-4, (count, length)), axis=1)
    return (path - path[:, -1:]).astype(np.float32)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
