"""Reads closes-{SYMBOL}.parquet of a dataset: every 1m close of the days that it uses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from train.failure import Failure

COLUMNS = {"decision_time": pa.timestamp("ms", tz="UTC"), "close": pa.float64()}


def read_closes(path: Path) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Decision times in ms since 1970 and closes; a null, which is a gap or no price yet, becomes NaN."""
    try:
        schema = pq.read_schema(path)
        names = [name for name in COLUMNS if name in schema.names]
        table = pq.read_table(path, columns=names)
    except (OSError, pa.ArrowException) as error:
        raise _refused("closes", str(error).splitlines()[0], "a Parquet file", path) from error
    for name, kind in COLUMNS.items():
        found = "no such column" if name not in names else str(schema.field(name).type)
        if found != str(kind):
            raise _refused(f"column {name}", found, str(kind), path)
    times = table["decision_time"].combine_chunks()
    if times.null_count > 0:
        raise _refused("column decision_time", f"{times.null_count} nulls", "a time in every row", path)
    closes = table["close"].combine_chunks().to_numpy(zero_copy_only=False)
    return times.cast(pa.int64()).to_numpy(), closes.astype(np.float64)


def _refused(what: str, found: str, expected: str, path: Path) -> Failure:
    return Failure("data", what=what, found=found, expected=expected, where=str(path))
