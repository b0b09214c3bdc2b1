"""What the config.json of a Chronos-Bolt model says, and a refusal by name of all that `bolt.py` does not compute."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from train.failure import Failure

CONFIG_BYTES_MAX = 1_000_000
ARCHITECTURE = "ChronosBoltModelForForecasting"
Activation = Literal["relu", "silu", "gelu_new"]

# T5 names its feed-forward as "kind" or "gated-kind"; "gated-gelu" has meant the tanh form of GELU since T5 1.1.
# Plain "gelu" needs the error function, which numpy lacks, and no published Chronos-Bolt uses it.
FEED_FORWARDS: Mapping[str, tuple[Activation, bool]] = {
    "relu": ("relu", False),
    "silu": ("silu", False),
    "gelu_new": ("gelu_new", False),
    "gated-relu": ("relu", True),
    "gated-silu": ("silu", True),
    "gated-gelu": ("gelu_new", True),
}
# An option that is not listed would be a step of the forward pass that nobody wrote down here.
CHRONOS_OPTIONS = frozenset(
    ("context_length", "prediction_length", "input_patch_size", "input_patch_stride", "quantiles", "use_reg_token")
)


@dataclass(frozen=True)
class BoltConfig:
    context_length: int
    prediction_length: int
    patch_size: int
    patch_stride: int
    quantile_levels: tuple[float, ...]
    has_reg_token: bool
    width: int  # d_model
    head_width: int  # d_kv
    heads: int
    hidden_width: int  # d_ff
    encoder_layers: int
    decoder_layers: int
    buckets: int
    distance_max: int
    norm_epsilon: float
    activation: Activation
    is_gated: bool
    start_token: int

    @property
    def attention_width(self) -> int:
        return self.heads * self.head_width

    @property
    def vocabulary(self) -> int:
        """Embeddings that the model has at all: the decoder's start token and, with a REG token, that one."""
        return 2 if self.has_reg_token else 1


def read_bolt_config(path: Path) -> BoltConfig:
    return bolt_config(read_config(path), str(path))


def read_config(path: Path) -> dict[str, Any]:
    """The JSON object of a model's config.json."""
    if not path.is_file():
        raise _refused("config.json", "no such file", "the folder of a saved model", str(path))
    if path.stat().st_size > CONFIG_BYTES_MAX:
        raise _refused("config.json", f"{path.stat().st_size} bytes", f"at most {CONFIG_BYTES_MAX}", str(path))
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise _refused("config.json", str(error), "a JSON object", str(path)) from error
    if not isinstance(raw, dict):
        raise _refused("config.json", type(raw).__name__, "a JSON object", str(path))
    return raw


def bolt_config(raw: Mapping[str, Any], where: str) -> BoltConfig:
    _check_kind(raw, where)
    options = raw["chronos_config"]
    unknown = sorted(set(options) - CHRONOS_OPTIONS)
    if unknown:
        raise _refused("chronos_config", f"the option '{unknown[0]}'", ", ".join(sorted(CHRONOS_OPTIONS)), where)
    activation, is_gated = _feed_forward(raw, where)
    layers = _count(raw, "num_layers", where)
    config = BoltConfig(
        context_length=_count(options, "context_length", where),
        prediction_length=_count(options, "prediction_length", where),
        patch_size=_count(options, "input_patch_size", where),
        patch_stride=_count(options, "input_patch_stride", where),
        quantile_levels=_levels(options.get("quantiles"), where),
        has_reg_token=_flag(options, "use_reg_token", where),
        width=_count(raw, "d_model", where),
        head_width=_count(raw, "d_kv", where),
        heads=_count(raw, "num_heads", where),
        hidden_width=_count(raw, "d_ff", where),
        encoder_layers=layers,
        decoder_layers=layers if raw.get("num_decoder_layers") is None else _count(raw, "num_decoder_layers", where),
        buckets=_count(raw, "relative_attention_num_buckets", where, 32),
        distance_max=_count(raw, "relative_attention_max_distance", where, 128),
        norm_epsilon=_positive(raw, "layer_norm_epsilon", where, 1e-6),
        activation=activation,
        is_gated=is_gated,
        start_token=_start_token(raw, where),
    )
    if config.buckets < 4 or config.distance_max <= config.buckets // 4:
        found = f"{config.buckets} buckets up to distance {config.distance_max}"
        raise _refused("relative attention", found, "at least 4 buckets, distances beyond their exact half", where)
    if config.patch_stride > config.patch_size or config.context_length < config.patch_size:
        found = f"context {config.context_length}, patch {config.patch_size}, stride {config.patch_stride}"
        raise _refused("patches", found, "stride <= patch <= context", where)
    return config


def _check_kind(raw: Mapping[str, Any], where: str) -> None:
    architectures = raw.get("architectures")
    if architectures != [ARCHITECTURE]:
        raise _refused("architectures", f"{architectures}", f"['{ARCHITECTURE}']", where)
    if raw.get("model_type") != "t5":
        raise _refused("model_type", f"'{raw.get('model_type')}'", "'t5'", where)
    if not isinstance(raw.get("chronos_config"), dict):
        raise _refused("chronos_config", type(raw.get("chronos_config")).__name__, "an object", where)


def _feed_forward(raw: Mapping[str, Any], where: str) -> tuple[Activation, bool]:
    kind = raw.get("feed_forward_proj", "relu")
    known = FEED_FORWARDS.get(kind) if isinstance(kind, str) else None
    if known is None:
        raise _refused("feed_forward_proj", f"'{kind}'", ", ".join(FEED_FORWARDS), where)
    stated = (raw.get("dense_act_fn", known[0]), raw.get("is_gated_act", known[1]))
    if stated != known:
        found = f"dense_act_fn '{stated[0]}', is_gated_act {stated[1]}"
        raise _refused("feed-forward", found, f"what feed_forward_proj '{kind}' means: {known[0]}, {known[1]}", where)
    return known


def _start_token(raw: Mapping[str, Any], where: str) -> int:
    token = raw.get("decoder_start_token_id")
    if token != 0 or isinstance(token, bool):
        raise _refused("decoder_start_token_id", f"{token}", "0", where)
    return 0


def _levels(levels: Any, where: str) -> tuple[float, ...]:
    is_list = isinstance(levels, list) and all(isinstance(level, float) and 0 < level < 1 for level in levels)
    if not is_list or len(levels) < 2 or any(low >= high for low, high in pairwise(levels)):
        raise _refused("quantiles", f"{levels}", "at least two levels between 0 and 1 that rise", where)
    return tuple(levels)


def _count(raw: Mapping[str, Any], name: str, where: str, default: int | None = None) -> int:
    value = raw.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _refused(name, f"{value}", "a whole number above 0", where)
    return value


def _positive(raw: Mapping[str, Any], name: str, where: str, default: float) -> float:
    value = raw.get(name, default)
    if not isinstance(value, float) or not 0 < value < 1:
        raise _refused(name, f"{value}", "a number between 0 and 1", where)
    return value


def _flag(raw: Mapping[str, Any], name: str, where: str) -> bool:
    value = raw.get(name, False)
    if not isinstance(value, bool):
        raise _refused(name, f"{value}", "true or false", where)
    return value


def _refused(what: str, found: str, expected: str, where: str) -> Failure:
    return Failure("data", what=what, found=found, expected=expected, where=where)
