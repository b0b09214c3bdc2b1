"""Which features a model reads, and what it does about nulls: nothing is filled in, and nothing left out in silence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

#: A model that cannot take nulls does without a feature that would cost it more of its training rows.
NULL_SHARE_MAX = 0.2
#: So many names are told in a sentence.
NAMES_TOLD = 5
#: The one feature of a model that forecasts by itself.
FORECAST = "forecast"


@dataclass(frozen=True)
class Inputs:
    names: tuple[str, ...]
    #: Where they stand among the features of the dataset.
    columns: tuple[int, ...]
    #: By name: had nulls in training and may have them again. Elsewhere LightGBM would read a null as 0.
    may_be_null: tuple[bool, ...]
    #: Features that are not read, by name, and why.
    left_out: Mapping[str, str]

    def matrix(self, features: np.ndarray) -> np.ndarray:
        return np.ascontiguousarray(features[:, list(self.columns)])

    def usable(self, features: np.ndarray) -> tuple[np.ndarray, dict[str, int]]:
        """Rows without a null that training did not have, and the features that rule out the others."""
        mask = np.ones(len(features), dtype=bool)
        refused: dict[str, int] = {}
        for name, column, may_be_null in zip(self.names, self.columns, self.may_be_null, strict=True):
            nulls = np.isnan(features[:, column])
            if not may_be_null and np.any(nulls):
                refused[name] = int(np.count_nonzero(nulls))
                mask &= ~nulls
        return mask, refused

    def document(self) -> list[dict[str, Any]]:
        pairs = zip(self.names, self.may_be_null, strict=True)
        return [{"name": name, "nulls_in_training": may_be_null} for name, may_be_null in pairs]


NO_INPUTS = Inputs((), (), (), {})


def inputs_of(features: np.ndarray, names: tuple[str, ...], takes_nulls: bool) -> Inputs | str:
    """What can be read of training rows; in words if it is nothing."""
    shares = np.isnan(features).mean(axis=0)
    left_out: dict[str, str] = {}
    columns: list[int] = []
    for column, name in enumerate(names):
        if shares[column] == 1:
            left_out[name] = "null in every training row"
        elif not takes_nulls and shares[column] > NULL_SHARE_MAX:
            left_out[name] = f"null in over {NULL_SHARE_MAX:.0%} of the training rows, and this model takes no nulls"
        else:
            columns.append(column)
    if not columns:
        return "no feature can be read: " + ("the dataset has none" if not names else "all are null too often")
    may_be_null = tuple(takes_nulls and bool(shares[column] > 0) for column in columns)
    return Inputs(tuple(names[column] for column in columns), tuple(columns), may_be_null, left_out)


def inputs_of_card(card: Mapping[str, Any], names: tuple[str, ...]) -> Inputs:
    """Those of a stored model, found by name among the features of a dataset, which must have them all."""
    listed = card["inputs"]
    return Inputs(
        tuple(str(one["name"]) for one in listed),
        tuple(names.index(one["name"]) for one in listed),
        tuple(bool(one["nulls_in_training"]) for one in listed),
        {},
    )


def words_of_left_out(inputs: Inputs) -> str:
    """By reason; the card of the model has all names."""
    by_reason: dict[str, list[str]] = {}
    for name, why in sorted(inputs.left_out.items()):
        by_reason.setdefault(why, []).append(name)
    return "; ".join(
        f"{'1 feature is' if len(names) == 1 else f'{len(names)} features are'} left out, {why}: {named(names)}"
        for why, names in by_reason.items()
    )


def named(names: Collection[str]) -> str:
    """The first of them in order, and how many more there are."""
    first = sorted(names)[:NAMES_TOLD]
    more = len(names) - len(first)
    return ", ".join(first) + (f" and {more} more" if more > 0 else "")
