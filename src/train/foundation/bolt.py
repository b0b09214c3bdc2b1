"""
Chronos-Bolt's forward pass in numpy: windows of past values in, quantiles of each future step out. It is what
chronos-forecasting 2.3 computes in torch (the tests compare them), and it is not a way to train.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from train.foundation import t5
from train.foundation.bolt_config import BoltConfig, read_bolt_config
from train.foundation.bolt_weights import Tensors, read_bolt_weights
from train.foundation.random_weights import random_like

Array = NDArray[np.float32]

# A window whose observed values are all alike has no deviation; the original divides by this instead.
DEVIATION_WHEN_FLAT = 1e-5


@dataclass(frozen=True)
class Bolt:
    config: BoltConfig
    tensors: Tensors

    @property
    def context_length(self) -> int:
        return self.config.context_length

    @property
    def horizon_max(self) -> int:
        return self.config.prediction_length

    @property
    def quantile_levels(self) -> tuple[float, ...]:
        return self.config.quantile_levels

    def quantiles(self, windows: Array, horizon: int) -> Array:
        """(windows, levels) of the value `horizon` steps after each window's end."""
        return self.all_quantiles(windows)[:, :, horizon - 1]

    def random_control(self, seed: int) -> Bolt:
        return Bolt(self.config, random_like(self.tensors, seed))

    def all_quantiles(self, windows: Array) -> Array:
        """(windows, levels, steps). A missing value is NaN; a window longer than the context keeps its end."""
        config = self.config
        windows = windows[:, -config.context_length :].astype(self.tensors["shared.weight"].dtype)
        normal, middle, deviation = _normalised(windows)
        patches, is_seen = _patches(normal, config)
        tokens = self._residual_block("input_patch_embedding", patches)
        if config.has_reg_token:
            reg = np.broadcast_to(self.tensors["shared.weight"][1], (len(windows), 1, config.width))
            tokens = np.concatenate((tokens, reg), axis=1)
            is_seen = np.concatenate((is_seen, np.ones((len(windows), 1), dtype=bool)), axis=1)
        mask = np.where(is_seen, 0, np.finfo(tokens.dtype).min).astype(tokens.dtype)[:, None, None, :]
        encoded = self._encoded(tokens, mask)
        summary = self._decoded(encoded, mask)
        out = self._residual_block("output_patch_embedding", summary)
        out = out.reshape(len(windows), len(config.quantile_levels), config.prediction_length)
        return out * deviation[:, :, None] + middle[:, :, None]

    def _encoded(self, tokens: Array, mask: Array) -> Array:
        config, tensors = self.config, self.tensors
        table = tensors["encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight"]
        # The first layer holds the table for all of them.
        bias = t5.position_bias(table, tokens.shape[1], config.distance_max) + mask
        for layer in range(config.encoder_layers):
            block = f"encoder.block.{layer}.layer"
            normal = self._norm(f"{block}.0.layer_norm.weight", tokens)
            tokens = tokens + t5.attention(tensors, f"{block}.0.SelfAttention", normal, normal, config.heads, bias)
            tokens = tokens + self._feed_forward(f"{block}.1", tokens)
        return self._norm("encoder.final_layer_norm.weight", tokens)

    def _decoded(self, encoded: Array, mask: Array) -> Array:
        """The decoder reads one start token, so attention to itself is its own value, whatever the scores."""
        config, tensors = self.config, self.tensors
        start = tensors["shared.weight"][config.start_token]
        tokens = np.broadcast_to(start, (len(encoded), 1, config.width))
        for layer in range(config.decoder_layers):
            block = f"decoder.block.{layer}.layer"
            normal = self._norm(f"{block}.0.layer_norm.weight", tokens)
            own = t5.linear(normal, tensors[f"{block}.0.SelfAttention.v.weight"])
            tokens = tokens + t5.linear(own, tensors[f"{block}.0.SelfAttention.o.weight"])
            normal = self._norm(f"{block}.1.layer_norm.weight", tokens)
            tokens = tokens + t5.attention(tensors, f"{block}.1.EncDecAttention", normal, encoded, config.heads, mask)
            tokens = tokens + self._feed_forward(f"{block}.2", tokens)
        return self._norm("decoder.final_layer_norm.weight", tokens)

    def _feed_forward(self, name: str, tokens: Array) -> Array:
        normal = self._norm(f"{name}.layer_norm.weight", tokens)
        return t5.feed_forward(self.tensors, f"{name}.DenseReluDense", normal, self.config)

    def _norm(self, name: str, tokens: Array) -> Array:
        return t5.rms_norm(tokens, self.tensors[name], self.config.norm_epsilon)

    def _residual_block(self, name: str, values: Array) -> Array:
        tensors = self.tensors
        activate = t5.ACTIVATIONS[self.config.activation]
        hidden = t5.linear(values, tensors[f"{name}.hidden_layer.weight"]) + tensors[f"{name}.hidden_layer.bias"]
        out = t5.linear(activate(hidden), tensors[f"{name}.output_layer.weight"])
        out += tensors[f"{name}.output_layer.bias"]
        past = t5.linear(values, tensors[f"{name}.residual_layer.weight"])
        return out + past + tensors[f"{name}.residual_layer.bias"]


def read_bolt(folder: Path) -> Bolt:
    config = read_bolt_config(folder / "config.json")
    return Bolt(config, read_bolt_weights(folder / "model.safetensors", config))


def _normalised(windows: Array) -> tuple[Array, Array, Array]:
    """Values with mean 0 and deviation 1 over what is observed, NaN where nothing is; then mean and deviation."""
    is_seen = ~np.isnan(windows)
    count = is_seen.sum(axis=1, keepdims=True)
    seen_count = np.maximum(count, 1).astype(windows.dtype)
    middle = np.where(is_seen, windows, 0.0).sum(axis=1, keepdims=True) / seen_count
    off = windows - middle
    square = np.where(is_seen, np.square(off), 0.0).sum(axis=1, keepdims=True) / seen_count
    deviation = np.where(count == 0, 1.0, np.sqrt(square))
    deviation = np.where(deviation == 0, DEVIATION_WHEN_FLAT, deviation)
    return off / deviation, middle, deviation


def _patches(normal: Array, config: BoltConfig) -> tuple[Array, NDArray[np.bool_]]:
    """
    (windows, patches, 2 × patch size): the values, 0 where missing, then 1 for each that is there; and which
    patches have any. A window that does not fill its first patch is filled from the left with missing values.
    """
    size = config.patch_size
    short = -normal.shape[1] % size
    padded = np.pad(normal, ((0, 0), (short, 0)), constant_values=np.nan)
    cut = np.lib.stride_tricks.sliding_window_view(padded, size, axis=1)[:, :: config.patch_stride]
    is_seen = ~np.isnan(cut)
    values = np.where(is_seen, cut, 0.0)
    return np.concatenate((values, is_seen.astype(normal.dtype)), axis=2), is_seen.any(axis=2)
