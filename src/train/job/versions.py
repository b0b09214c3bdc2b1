"""Which programs made a result: with the same dataset and options they give the same bytes again."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import Any

PACKAGES = ("lightgbm", "numpy", "pyarrow", "scikit-learn", "scipy", "xgboost-cpu")


def created_by(flowbars: str) -> dict[str, Any]:
    """`flowbars` is the version that wrote the dataset."""
    packages = {name: version(name) for name in PACKAGES}
    return {"flowbars": flowbars, "python": platform.python_version(), "packages": packages}
