"""What is not a Chronos-Bolt model of a kind that bolt.py computes is refused by name."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from foundation_cases import PLAIN, refused
from safetensors.numpy import load_file, save_file

from train.foundation.bolt import read_bolt


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for name in ("config.json", "model.safetensors"):
        shutil.copy(PLAIN / name, tmp_path / name)
    return tmp_path


def edit(folder: Path, changes: dict[str, Any]) -> None:
    """Sets keys of config.json; one under chronos_config is written with a dot, and None takes a key away."""
    path = folder / "config.json"
    config = json.loads(path.read_text())
    for name, value in changes.items():
        target = config["chronos_config"] if name.startswith("chronos_config.") else config
        key = name.removeprefix("chronos_config.")
        if value is None:
            target.pop(key, None)
        else:
            target[key] = value
    path.write_text(json.dumps(config))


@pytest.mark.parametrize(
    ("changes", "what", "found"),
    [
        ({"architectures": ["T5ForConditionalGeneration"]}, "architectures", "T5ForConditionalGeneration"),
        ({"architectures": ["Chronos2Model"]}, "architectures", "Chronos2Model"),
        ({"model_type": "bert"}, "model_type", "bert"),
        ({"chronos_config": None}, "chronos_config", "NoneType"),
        ({"chronos_config.use_arcsinh": True}, "chronos_config", "use_arcsinh"),
        ({"feed_forward_proj": "gelu"}, "feed_forward_proj", "gelu"),
        ({"feed_forward_proj": "gated-tanh"}, "feed_forward_proj", "gated-tanh"),
        ({"feed_forward_proj": ["relu"]}, "feed_forward_proj", "relu"),
        ({"dense_act_fn": "silu"}, "feed-forward", "silu"),
        ({"is_gated_act": True}, "feed-forward", "True"),
        ({"decoder_start_token_id": 1}, "decoder_start_token_id", "1"),
        ({"decoder_start_token_id": None}, "decoder_start_token_id", "None"),
        ({"d_model": "16"}, "d_model", "16"),
        ({"num_layers": 0}, "num_layers", "0"),
        ({"num_heads": True}, "num_heads", "True"),
        ({"layer_norm_epsilon": 0.0}, "layer_norm_epsilon", "0.0"),
        ({"relative_attention_max_distance": 8}, "relative attention", "distance 8"),
        ({"chronos_config.use_reg_token": 1}, "use_reg_token", "1"),
        ({"chronos_config.context_length": None}, "context_length", "None"),
        ({"chronos_config.input_patch_stride": 17}, "patches", "stride 17"),
        ({"chronos_config.quantiles": [0.5, 0.1]}, "quantiles", "[0.5, 0.1]"),
        ({"chronos_config.quantiles": [0.5]}, "quantiles", "[0.5]"),
        ({"chronos_config.quantiles": [0.0, 1.0]}, "quantiles", "[0.0, 1.0]"),
    ],
)
def test_a_config_of_another_kind_is_refused(copied: Path, changes: dict[str, Any], what: str, found: str) -> None:
    read_bolt(copied)
    edit(copied, changes)
    error = refused(lambda: read_bolt(copied))
    assert (error.kind, error.what) == ("data", what)
    assert found in error.found


@pytest.mark.parametrize("text", ["", "{", "[]", '"config"'])
def test_a_config_that_is_no_json_object_is_refused(copied: Path, text: str) -> None:
    (copied / "config.json").write_text(text)
    assert refused(lambda: read_bolt(copied)).what == "config.json"


@pytest.mark.parametrize(("name", "what"), [("config.json", "config.json"), ("model.safetensors", "weights")])
def test_a_file_that_is_not_there_is_refused(copied: Path, name: str, what: str) -> None:
    (copied / name).unlink()
    error = refused(lambda: read_bolt(copied))
    assert (error.what, error.found) == (what, "no such file")


def test_a_broken_file_of_tensors_is_refused(copied: Path) -> None:
    path = copied / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-5])
    assert refused(lambda: read_bolt(copied)).what == "weights"


def test_a_missing_tensor_is_refused(copied: Path) -> None:
    change_tensors(copied, lambda tensors: tensors.pop("encoder.block.1.layer.0.SelfAttention.k.weight"))
    assert "encoder.block.1.layer.0.SelfAttention.k.weight" in refused(lambda: read_bolt(copied)).found


def test_a_tensor_that_the_config_does_not_ask_for_is_refused(copied: Path) -> None:
    change_tensors(copied, lambda tensors: tensors.update(adapter=np.zeros(3, np.float32)))
    assert "'adapter'" in refused(lambda: read_bolt(copied)).found


def test_tensors_that_the_original_ignores_are_ignored(copied: Path) -> None:
    change_tensors(copied, lambda tensors: tensors.update({"lm_head.weight": np.zeros((2, 16), np.float32)}))
    read_bolt(copied)


def test_a_tensor_of_another_shape_is_refused(copied: Path) -> None:
    change_tensors(copied, lambda tensors: tensors.update({"shared.weight": np.zeros((3, 16), np.float32)}))
    error = refused(lambda: read_bolt(copied))
    assert (error.what, error.found, error.expected) == ("tensor 'shared.weight'", "shape (3, 16)", "(2, 16)")


def test_a_tensor_of_another_type_is_refused(copied: Path) -> None:
    change_tensors(copied, lambda tensors: tensors.update({"shared.weight": np.zeros((2, 16), np.float16)}))
    assert refused(lambda: read_bolt(copied)).found == "numbers of type F16"


def change_tensors(folder: Path, change: Callable[[dict[str, np.ndarray]], object]) -> None:
    tensors = load_file(folder / "model.safetensors")
    change(tensors)
    save_file(tensors, folder / "model.safetensors")
