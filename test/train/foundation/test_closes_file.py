"""Closes come out of the file of a dataset as they went in, and a file of another shape is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from foundation_cases import refused

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed here")
pq = pytest.importorskip("pyarrow.parquet")
TIME = pa.timestamp("ms", tz="UTC")


def write(path: Path, **columns: object) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def test_a_null_is_a_close_that_is_not_known(tmp_path: Path) -> None:
    from train.foundation.closes_file import read_closes

    times = [1_764_547_260_000, 1_764_547_320_000, 1_764_547_380_000]
    path = write(tmp_path / "closes-BTCUSDT.parquet", decision_time=pa.array(times, TIME), close=[1.5, None, 2.5])
    found_times, closes = read_closes(path)
    assert found_times.tolist() == times and found_times.dtype == np.int64
    np.testing.assert_array_equal(closes, [1.5, np.nan, 2.5])
    empty = write(tmp_path / "empty.parquet", decision_time=pa.array([], TIME), close=pa.array([], pa.float64()))
    assert [len(column) for column in read_closes(empty)] == [0, 0]


@pytest.mark.parametrize(
    ("columns", "what", "found"),
    [
        ({"decision_time": pa.array([1], TIME)}, "column close", "no such column"),
        ({"decision_time": [1], "close": [1.0]}, "column decision_time", "int64"),
        ({"decision_time": pa.array([1], TIME), "close": ["1"]}, "column close", "string"),
        ({"decision_time": pa.array([None], TIME), "close": [1.0]}, "column decision_time", "1 nulls"),
    ],
)
def test_other_columns_are_refused(tmp_path: Path, columns: dict[str, object], what: str, found: str) -> None:
    from train.foundation.closes_file import read_closes

    path = write(tmp_path / "closes.parquet", **columns)
    error = refused(lambda: read_closes(path))
    assert (error.what, error.found, error.where) == (what, found, str(path))


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    from train.foundation.closes_file import read_closes

    assert refused(lambda: read_closes(tmp_path / "closes.parquet")).what == "closes"
    (tmp_path / "closes.parquet").write_bytes(b"PAR1")
    assert refused(lambda: read_closes(tmp_path / "closes.parquet")).what == "closes"
