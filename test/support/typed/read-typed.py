"""Prints what four libraries make of Parquet files: types and values by column, as JSON."""
import json
import sys

import duckdb
import pandas
import polars
import pyarrow.parquet


def cells(values):
    return [None if value is None or value != value else value for value in values]


def by_pyarrow(path):
    table = pyarrow.parquet.read_table(path)
    values = {}
    for field in table.schema:
        column = table.column(field.name)
        if str(field.type).startswith("timestamp"):
            column = column.cast("int64")
        values[field.name] = cells(column.to_pylist())
    types = {field.name: f"{field.type}{'' if field.nullable else ' not null'}" for field in table.schema}
    return types, values


def by_polars(path):
    frame = polars.read_parquet(path)
    types = {name: str(kind) for name, kind in frame.schema.items()}
    whole = frame.with_columns(polars.selectors.datetime().dt.epoch("ms"))
    return types, {name: cells(whole[name].to_list()) for name in whole.columns}


def by_pandas(path):
    frame = pandas.read_parquet(path)
    types = {name: str(kind) for name, kind in frame.dtypes.items()}
    values = {}
    for name in frame.columns:
        column = frame[name]
        if types[name].startswith("datetime"):
            column = column.astype("int64")
        values[name] = cells(column.tolist())
    return types, values


def by_duckdb(path):
    rows = duckdb.sql(f"describe select * from '{path}'").fetchall()
    types = {name: kind for name, kind, *_ in rows}
    values = {}
    for name, kind in types.items():
        cell = f'epoch_ms("{name}")' if kind.startswith("TIMESTAMP") else f'"{name}"'
        values[name] = cells(row[0] for row in duckdb.sql(f"select {cell} from '{path}'").fetchall())
    return types, values


def footer(path):
    metadata = pyarrow.parquet.read_metadata(path)
    group = metadata.row_group(0) if metadata.num_row_groups > 0 else None
    chunks = [] if group is None else [group.column(at) for at in range(group.num_columns)]
    return {
        "facts": {key.decode(): value.decode() for key, value in (metadata.metadata or {}).items()},
        "row_groups": metadata.num_row_groups,
        "compression": sorted({chunk.compression for chunk in chunks}),
        "encodings": {chunk.path_in_schema: list(chunk.encodings) for chunk in chunks},
        "with_bounds": [chunk.path_in_schema for chunk in chunks if chunk.statistics and chunk.statistics.has_min_max],
    }


READERS = {"pyarrow": by_pyarrow, "polars": by_polars, "pandas": by_pandas, "duckdb": by_duckdb}
found = {}
for path in sys.argv[1:]:
    read = {}
    for name, reader in READERS.items():
        types, values = reader(path)
        read[name] = {"types": types, "values": values}
    found[path] = {"readers": read, "footer": footer(path)}
print(json.dumps(found))
