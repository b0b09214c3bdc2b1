"""Random weights for a model that torch holds: the control of Chronos-2 and Moirai."""

from __future__ import annotations

import copy
from typing import TypeVar

import torch

from train.foundation.random_weights import random_like

Module = TypeVar("Module", bound=torch.nn.Module)


def randomised(module: Module, seed: int) -> Module:
    """A copy whose parameters are random; buffers, which no training made, stay."""
    made = copy.deepcopy(module)
    parameters = {name: value.detach().numpy() for name, value in module.named_parameters()}
    random = random_like(parameters, seed)
    with torch.no_grad():
        for name, value in made.named_parameters():
            value.copy_(torch.from_numpy(random[name]))
    return made
