"""The control of every foundation model: its architecture with random weights. Skill that it has too is no skill."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray


def random_like(tensors: Mapping[str, NDArray[np.float32]], seed: int) -> dict[str, NDArray[np.float32]]:
    """
    Normal numbers with each tensor's own shape, mean and standard deviation: what training arranged is gone,
    its scale is not. Each tensor's stream follows from the seed and its name, whatever the order.
    """
    made: dict[str, NDArray[np.float32]] = {}
    for name, tensor in tensors.items():
        digest = hashlib.sha256(f"{seed} {name}".encode()).digest()
        random = np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))
        mean, deviation = float(tensor.mean(dtype=np.float64)), float(tensor.std(dtype=np.float64))
        made[name] = random.normal(mean, deviation, tensor.shape).astype(np.float32)
    return made
