"""The tensors of a Chronos-Bolt model: which there have to be, in which shape, and how they are read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from train.failure import Failure
from train.foundation.bolt_config import BoltConfig

Tensors = dict[str, NDArray[np.float32]]
Shapes = dict[str, tuple[int, ...]]

# Copies of `shared.weight` under the names that T5 gives them, and T5's word head, which Chronos-Bolt never uses.
UNUSED = frozenset(("encoder.embed_tokens.weight", "decoder.embed_tokens.weight", "lm_head.weight"))


def bolt_shapes(config: BoltConfig) -> Shapes:
    """Every tensor by the name under which the original stores it; a linear map is stored as (to, from)."""
    width, hidden = config.width, config.hidden_width
    shapes: Shapes = {"shared.weight": (config.vocabulary, width)}
    outputs = len(config.quantile_levels) * config.prediction_length
    shapes |= _residual_block("input_patch_embedding", (2 * config.patch_size, hidden, width))
    shapes |= _residual_block("output_patch_embedding", (width, hidden, outputs))
    stacks = (
        ("encoder", config.encoder_layers, ("SelfAttention",)),
        ("decoder", config.decoder_layers, ("SelfAttention", "EncDecAttention")),
    )
    for stack, layers, attentions in stacks:
        for layer in range(layers):
            block = f"{stack}.block.{layer}.layer"
            for index, attention in enumerate(attentions):
                shapes |= _attention(f"{block}.{index}.{attention}", config)
                shapes[f"{block}.{index}.layer_norm.weight"] = (width,)
            shapes |= _feed_forward(f"{block}.{len(attentions)}", config)
        bias = f"{stack}.block.0.layer.0.SelfAttention.relative_attention_bias.weight"
        shapes[bias] = (config.buckets, config.heads)
        shapes[f"{stack}.final_layer_norm.weight"] = (width,)
    return shapes


def read_bolt_weights(path: Path, config: BoltConfig) -> Tensors:
    """All tensors, checked by name, shape and number type before the first is read."""
    if not path.is_file():
        raise _refused("weights", "no such file", "one file of tensors, model.safetensors", str(path))
    shapes = bolt_shapes(config)
    try:
        with safe_open(path, framework="numpy") as file:
            _check(file, shapes, str(path))
            return {name: file.get_tensor(name) for name in shapes}
    except SafetensorError as error:
        raise _refused("weights", str(error), "a safetensors file", str(path)) from error


def _check(file: safe_open, shapes: Shapes, where: str) -> None:
    names = set(file.keys())
    missing = sorted(set(shapes) - names)
    if missing:
        raise _refused("weights", f"no tensor '{missing[0]}' ({len(missing)} missing)", "all of the model", where)
    unknown = sorted(names - set(shapes) - UNUSED)
    if unknown:
        found = f"the tensor '{unknown[0]}' ({len(unknown)} unknown)"
        raise _refused("weights", found, "only the tensors that config.json asks for", where)
    for name, shape in shapes.items():
        stored = file.get_slice(name)
        if tuple(stored.get_shape()) != shape:
            raise _refused(f"tensor '{name}'", f"shape {tuple(stored.get_shape())}", f"{shape}", where)
        if stored.get_dtype() != "F32":
            raise _refused(f"tensor '{name}'", f"numbers of type {stored.get_dtype()}", "F32", where)


def _residual_block(name: str, widths: tuple[int, int, int]) -> Shapes:
    inner, hidden, outer = widths
    return {
        f"{name}.hidden_layer.weight": (hidden, inner),
        f"{name}.hidden_layer.bias": (hidden,),
        f"{name}.output_layer.weight": (outer, hidden),
        f"{name}.output_layer.bias": (outer,),
        f"{name}.residual_layer.weight": (outer, inner),
        f"{name}.residual_layer.bias": (outer,),
    }


def _attention(name: str, config: BoltConfig) -> Shapes:
    into = (config.attention_width, config.width)
    return {f"{name}.{part}.weight": into for part in "qkv"} | {f"{name}.o.weight": into[::-1]}


def _feed_forward(name: str, config: BoltConfig) -> Shapes:
    into = ("wi_0", "wi_1") if config.is_gated else ("wi",)
    shapes: Shapes = {f"{name}.DenseReluDense.{part}.weight": (config.hidden_width, config.width) for part in into}
    shapes[f"{name}.DenseReluDense.wo.weight"] = (config.width, config.hidden_width)
    shapes[f"{name}.layer_norm.weight"] = (config.width,)
    return shapes


def _refused(what: str, found: str, expected: str, where: str) -> Failure:
    return Failure("data", what=what, found=found, expected=expected, where=where)
