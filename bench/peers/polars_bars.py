"""A day's bars by polars: `python polars_bars.py RAW OUT DATE PATTERN`, with PATTERN `*.csv` or `*.csv.gz`.

POLARS_MAX_THREADS has the threads. Of seven ways to read the levels (json_decode into strings or numbers,
regular expressions, split at quotes or at brackets, each streaming or in memory), splitting at the quotes
in the streaming engine was the fastest.
"""

import datetime
import os
import pathlib
import resource
import sys

import polars as pl

raw, out, date, pattern = sys.argv[1:5]
SECOND = 1_000
DAY = 86_400
START = int(datetime.datetime.fromisoformat(date + "T00:00:00+00:00").timestamp())
BAR_SECONDS = {"1s": 1, "1m": 60}
TRADE_COLUMNS = {
    "timestamp": pl.Int64,
    "price": pl.Float64,
    "quantity": pl.Float64,
    "is_buyer_maker": pl.Boolean,
    "trade_id": pl.Int64,
    "exec_type": pl.String,
}
DEPTH_COLUMNS = {"timestamp": pl.Int64, "bids": pl.String, "asks": pl.String}
PRICES = ["open", "high", "low", "vwap"]
VOLUMES = ["vol_total", "vol_buy", "vol_sell", "vol_delta"]


def files(stream, columns):
    """The rows of the day with their second; ids count up in the order of the exchange."""
    rows = pl.scan_csv(f"{raw}/BTCUSDT/{stream}/{date}/{pattern}", schema=columns)
    seconds = pl.col("timestamp") // SECOND
    return rows.with_columns(second=seconds).filter(
        pl.col("second").is_between(START, START + DAY, closed="left")
    )


def trade_sums():
    price, quantity, trade = pl.col("price"), pl.col("quantity"), pl.col("trade_id")
    return (
        files("trades", TRADE_COLUMNS)
        .group_by("second")
        .agg(
            open=price.min_by(trade),
            high=price.max(),
            low=price.min(),
            close=price.max_by(trade),
            turnover=(price * quantity).sum(),
            buy=quantity.filter(~pl.col("is_buyer_maker")).sum(),
            sell=quantity.filter(pl.col("is_buyer_maker")).sum(),
            trade_count=pl.len(),
        )
    )


def book_sums():
    """From all levels of both sides: the texts between quotes are price, comma, quantity, bracket."""

    def quantities(side):
        parts = pl.col(side).str.split('"').list.gather_every(4, 3)
        return parts.cast(pl.List(pl.Float64)).list.sum()

    def best(side):
        return pl.col(side).str.split('"').list.get(1).cast(pl.Float64)

    rows = files("depth", DEPTH_COLUMNS).select(
        "second",
        spread=best("asks") - best("bids"),
        bids=quantities("bids"),
        asks=quantities("asks"),
    )
    imbalance = pl.col("bids") / (pl.col("bids") + pl.col("asks"))
    return rows.group_by("second").agg(
        spreads=pl.col("spread").sum(), snapshots=pl.len(), imbalances=imbalance.sum()
    )


def bars(trades, book, seconds):
    """Every bar of the day; one without trades carries the last close."""
    bar = (pl.col("second") // seconds * seconds).alias("bar")
    col = pl.col
    traded = (
        trades.sort("second")
        .group_by(bar)
        .agg(
            col("open").first(),
            col("high").max(),
            col("low").min(),
            col("close").last(),
            col("turnover", "buy", "sell", "trade_count").sum(),
        )
    )
    quoted = book.group_by(bar).agg(
        col("snapshots").sum(),
        avg_spread=col("spreads").sum() / col("snapshots").sum(),
        imbalance_l20=col("imbalances").sum() / col("snapshots").sum(),
    )
    grid = pl.DataFrame({"bar": range(START, START + DAY, seconds)}).lazy()
    joined = grid.join(traded, on="bar", how="left").join(quoted, on="bar", how="left").sort("bar")
    volume = col("buy") + col("sell")
    filled = joined.with_columns(
        col("close").forward_fill(),
        vwap=(col("turnover") / volume).round(8),
        vol_total=volume.round(8),
        vol_buy=col("buy").round(8),
        vol_sell=col("sell").round(8),
        vol_delta=(col("buy") - col("sell")).round(8),
    ).with_columns(
        *(col(name).fill_null(col("close")) for name in PRICES),
        *(col(name).fill_null(0) for name in [*VOLUMES, "trade_count"]),
        col("avg_spread", "imbalance_l20").round(8),
        timestamp=pl.from_epoch("bar", time_unit="s").dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    return filled.select(
        "timestamp", "open", "high", "low", "close", "vwap", *VOLUMES,
        "trade_count", "avg_spread", "imbalance_l20",
    )  # fmt: skip


trades, book = pl.collect_all([trade_sums(), book_sums()], engine="streaming")
tables = [bars(trades.lazy(), book.lazy(), seconds) for seconds in BAR_SECONDS.values()]
for resolution, table in zip(BAR_SECONDS, pl.collect_all(tables), strict=True):
    table.write_csv(f"{out}/BTCUSDT_{date}_{resolution}.csv")

# The bench measures its processes: each notes its CPU-seconds and the kibibytes of its peak.
if notes := os.environ.get("BENCH_NOTES"):
    usage = resource.getrusage(resource.RUSAGE_SELF)
    status = pathlib.Path("/proc/self/status")
    peak = usage.ru_maxrss
    if status.exists():
        peak = int(status.read_text().split("VmHWM:")[1].split()[0])
    with open(notes, "a") as file:
        file.write(f"{usage.ru_utime + usage.ru_stime} {peak}\n")
