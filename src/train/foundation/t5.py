"""The layers of T5 that Chronos-Bolt uses, over numpy arrays: (windows, tokens, width) in and out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from train.foundation.bolt_config import Activation, BoltConfig
from train.foundation.bolt_weights import Tensors

Array = NDArray[np.float32]


def rms_norm(values: Array, weight: Array, epsilon: float) -> Array:
    """T5's layer norm: no mean is taken away and no bias added."""
    square = np.mean(np.square(values), axis=-1, keepdims=True)
    return weight * (values / np.sqrt(square + epsilon))


def linear(values: Array, weight: Array) -> Array:
    """One matrix product over all tokens of all windows: numpy would else make one for each window."""
    return (values.reshape(-1, values.shape[-1]) @ weight.T).reshape(*values.shape[:-1], weight.shape[0])


def position_bias(table: Array, tokens: int, distance_max: int) -> Array:
    """What the encoder adds to the score of token j for token i: (heads, i, j), by the bucket of j − i."""
    places = np.arange(tokens)
    buckets = distance_buckets(places[None, :] - places[:, None], len(table), distance_max)
    return np.ascontiguousarray(table[buckets].transpose(2, 0, 1))


def distance_buckets(distances: NDArray[np.int64], buckets: int, distance_max: int) -> NDArray[np.int64]:
    """
    Bidirectional buckets: one half for later tokens; in each, exact ones first, then logarithmically wider ones.
    In float32 as in the original, since a distance on a limit falls to the side that its rounding says.
    """
    half = buckets // 2
    exact = half // 2
    far = np.abs(distances)
    scale = np.float32(math.log(distance_max / exact))
    ratio = np.maximum(far, 1).astype(np.float32) / np.float32(exact)
    wide = exact + (np.log(ratio) / scale * np.float32(half - exact)).astype(np.int64)
    return np.where(distances > 0, half, 0) + np.where(far < exact, far, np.minimum(wide, half - 1))


def attention(tensors: Tensors, name: str, asking: Array, answering: Array, heads: int, bias: Array) -> Array:
    """Scores are not scaled by the head's width: T5 has that in its initial weights."""
    query, key, value = (
        _heads(linear(tokens, tensors[f"{name}.{part}.weight"]), heads)
        for part, tokens in (("q", asking), ("k", answering), ("v", answering))
    )
    scores = query @ key.transpose(0, 1, 3, 2)
    scores += bias
    scores -= scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)
    mixed = (scores @ value).transpose(0, 2, 1, 3)
    return linear(mixed.reshape(*asking.shape[:-1], -1), tensors[f"{name}.o.weight"])


def feed_forward(tensors: Tensors, name: str, values: Array, config: BoltConfig) -> Array:
    activate = ACTIVATIONS[config.activation]
    if config.is_gated:
        hidden = activate(linear(values, tensors[f"{name}.wi_0.weight"]))
        hidden *= linear(values, tensors[f"{name}.wi_1.weight"])
    else:
        hidden = activate(linear(values, tensors[f"{name}.wi.weight"]))
    return linear(hidden, tensors[f"{name}.wo.weight"])


def _heads(values: Array, heads: int) -> Array:
    windows, tokens, width = values.shape
    return values.reshape(windows, tokens, heads, width // heads).transpose(0, 2, 1, 3)


def _relu(values: Array) -> Array:
    return np.maximum(values, 0)


def _silu(values: Array) -> Array:
    # exp of a large number is infinite and the quotient then 0, as it should be.
    with np.errstate(over="ignore"):
        return values / (1 + np.exp(-values))


def _gelu_new(values: Array) -> Array:
    inner = math.sqrt(2 / math.pi) * (values + 0.044715 * values * values * values)
    return 0.5 * values * (1 + np.tanh(inner))


ACTIVATIONS: Mapping[Activation, Callable[[Array], Array]] = {"relu": _relu, "silu": _silu, "gelu_new": _gelu_new}
