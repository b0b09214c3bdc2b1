/**
 * A day's bars by DuckDB: `node duckdb-bars.mjs RAW OUT DATE THREADS PATTERN`, with PATTERN `*.csv` or
 * `*.csv.gz`. Of five ways to read the levels (casts, from_json, string_split, regular expressions, JSON
 * paths), JSON paths were the fastest.
 */
import { DuckDBInstance } from '@duckdb/node-api';

const [raw, out, date, threads, pattern] = process.argv.slice(2);
const BAR_SECONDS = { '1s': 1, '1m': 60 };
const TRADE_COLUMNS = {
  timestamp: 'BIGINT',
  price: 'DOUBLE',
  quantity: 'DOUBLE',
  is_buyer_maker: 'BOOLEAN',
  trade_id: 'BIGINT',
  exec_type: 'VARCHAR',
};
const DEPTH_COLUMNS = { timestamp: 'BIGINT', bids: 'VARCHAR', asks: 'VARCHAR' };
const FIRST_SECOND = Date.parse(`${date}T00:00:00Z`) / 1000;
const IN_DAY = `timestamp >= ${FIRST_SECOND * 1000} AND timestamp < ${(FIRST_SECOND + 86400) * 1000}`;

const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
await connection.run('SET preserve_insertion_order = false');
await connection.run(tradeSums());
await connection.run(bookSums());
for (const [resolution, seconds] of Object.entries(BAR_SECONDS)) {
  const file = `${out}/BTCUSDT_${date}_${resolution}.csv`;
  await connection.run(`COPY (${bars(seconds)}) TO '${file}' (HEADER, DELIMITER ',')`);
}

/** Sums of trades by second. Ids count up in the order of the exchange. */
function tradeSums() {
  return `CREATE TEMP TABLE trades AS SELECT timestamp // 1000 AS second,
    arg_min(price, trade_id) AS open, max(price) AS high, min(price) AS low,
    arg_max(price, trade_id) AS close,
    min(trade_id) AS first_id, max(trade_id) AS last_id,
    sum(price * quantity) AS turnover,
    coalesce(sum(quantity) FILTER (NOT is_buyer_maker), 0) AS buy,
    coalesce(sum(quantity) FILTER (is_buyer_maker), 0) AS sell,
    count(*) AS trade_count
    FROM ${files('trades', TRADE_COLUMNS)} WHERE ${IN_DAY} GROUP BY ALL`;
}

/** Sums of snapshots by second, from all levels of both sides. */
function bookSums() {
  return `CREATE TEMP TABLE book AS SELECT second, sum(ask - bid) AS spreads, count(*) AS snapshots,
    sum(bid_sum / (bid_sum + ask_sum)) AS imbalances
    FROM (SELECT timestamp // 1000 AS second,
      json_extract_string(bids, '$[0][0]')::DOUBLE AS bid,
      json_extract_string(asks, '$[0][0]')::DOUBLE AS ask,
      list_sum(json_extract_string(bids, '$[*][1]')::DOUBLE[]) AS bid_sum,
      list_sum(json_extract_string(asks, '$[*][1]')::DOUBLE[]) AS ask_sum
      FROM ${files('depth', DEPTH_COLUMNS)} WHERE ${IN_DAY})
    GROUP BY ALL`;
}

/** Every bar of the day; one without trades carries the last close. */
function bars(seconds) {
  return `WITH grid AS (SELECT range AS bar FROM range(${FIRST_SECOND}, ${FIRST_SECOND + 86400}, ${seconds})),
    traded AS (SELECT second - second % ${seconds} AS bar, arg_min(open, first_id) AS open,
      max(high) AS high, min(low) AS low, arg_max(close, last_id) AS close,
      sum(turnover) AS turnover, sum(buy) AS buy, sum(sell) AS sell,
      sum(trade_count) AS trade_count FROM trades GROUP BY bar),
    quoted AS (SELECT second - second % ${seconds} AS bar, sum(spreads) / sum(snapshots) AS avg_spread,
      sum(imbalances) / sum(snapshots) AS imbalance FROM book GROUP BY bar),
    carried AS (SELECT *, last_value(close IGNORE NULLS) OVER (ORDER BY bar) AS last
      FROM grid LEFT JOIN traded USING (bar) LEFT JOIN quoted USING (bar))
    SELECT strftime(make_timestamp(bar * 1000000), '%Y-%m-%dT%H:%M:%SZ') AS timestamp,
      coalesce(open, last) AS open, coalesce(high, last) AS high, coalesce(low, last) AS low,
      last AS close, coalesce(round(turnover / (buy + sell), 8), last) AS vwap,
      round(coalesce(buy + sell, 0), 8) AS vol_total, round(coalesce(buy, 0), 8) AS vol_buy,
      round(coalesce(sell, 0), 8) AS vol_sell, round(coalesce(buy - sell, 0), 8) AS vol_delta,
      coalesce(trade_count, 0) AS trade_count, round(avg_spread, 8) AS avg_spread,
      round(imbalance, 8) AS imbalance_l20 FROM carried ORDER BY bar`;
}

function files(stream, columns) {
  const types = Object.entries(columns).map(([name, type]) => `'${name}': '${type}'`);
  return `read_csv('${raw}/BTCUSDT/${stream}/${date}/${pattern}', auto_detect = false, header = true,
    delim = ',', quote = '"', escape = '"', columns = {${types.join(', ')}})`;
}
