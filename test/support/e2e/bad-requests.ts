/** Invalid requests over the tiny recording, and the error line of each. */
import { symlinkSync } from 'node:fs';
import type { Workdir } from '../workdir.js';
import type { Options } from './run-flowbars.js';
import { TINY_SYMBOL } from './tiny-recording.js';

export interface BadRequest {
  readonly name: string;
  readonly options?: Options;
  readonly env?: Readonly<Record<string, string>>;
  readonly prepare?: (workdir: Workdir) => void;
  /** 2 unless given. */
  readonly code?: number;
  /** The line on stderr behind `error: `; TODAY and NOW are those of the run. */
  readonly message: string;
}

const OUTSIDE = 'expected two roots, neither inside the other';
const NOT_A_FOLDER = 'a file in place of a folder';
const MARKET = '{"venue":"binance","market":"spot"}\n';

export const BAD_ROOTS: readonly BadRequest[] = [
  {
    name: 'a raw root that does not exist',
    options: { raw: 'rwa' },
    message: "--raw root: found 'rwa': nothing there, expected an existing folder: 'raw'",
  },
  {
    name: 'a raw root that is a file',
    options: { raw: 'raw/_dataset.json' },
    message: `--raw root: found 'raw/_dataset.json': ${NOT_A_FOLDER}, expected an existing folder`,
  },
  {
    name: 'a raw root of another market',
    prepare: (workdir) => workdir.write('out/_dataset.json', MARKET),
    message:
      'out/_dataset.json field \'market\': found "spot", expected "usdm" as in the raw root (give each market its own output root)',
  },
  {
    name: 'a raw root whose _dataset.json is cut',
    prepare: (workdir) => workdir.write('raw/_dataset.json', '{"market":'),
    message:
      'raw/_dataset.json content: found \'{"market":\', expected a JSON object such as {"market": "usdm"}',
  },
  {
    name: 'an output root that is a file',
    prepare: (workdir) => workdir.write('file', ''),
    options: { out: 'file' },
    message: `--out root: found 'file': ${NOT_A_FOLDER}, expected a folder`,
  },
  {
    name: 'an output root that cannot be made',
    prepare: (workdir) => workdir.write('file', ''),
    options: { out: 'file/below' },
    message: `--out root: found 'file/below': ${NOT_A_FOLDER}, expected a folder`,
  },
  {
    name: 'the output root inside of the raw root',
    options: { out: 'raw/aggregated' },
    message: `--out root: found 'raw/aggregated' with raw root 'raw', ${OUTSIDE}`,
  },
  {
    name: 'the raw root inside of the output root',
    options: { out: '.' },
    message: `--out root: found '.' with raw root 'raw', ${OUTSIDE}`,
  },
  {
    name: 'the output root inside of the raw root by a link',
    prepare: (workdir) => symlinkSync(workdir.path('raw'), workdir.path('link')),
    options: { out: 'link/aggregated' },
    message: `--out root: found 'link/aggregated' with raw root 'raw', ${OUTSIDE}`,
  },
  {
    name: 'another kind of store',
    options: { raw: 's3://bucket/raw' },
    message: "'s3://bucket/raw' root: found scheme 's3', expected a folder or gs://bucket/prefix",
  },
  {
    name: 'no symbol in the raw root',
    prepare: (workdir) => workdir.remove(`raw/${TINY_SYMBOL}`),
    options: { symbols: 'all' },
    message:
      '--symbols all symbols in raw: found no folder, expected folders of symbols (is it the right root, and is something recorded?)',
  },
];

const NOT_OVER = 'which is not over (it is NOW), expected a day before TODAY UTC';

export const BAD_OPTIONS: readonly BadRequest[] = [
  {
    name: 'a day that is not over',
    options: { from: 'TODAY', expect: undefined },
    message: `--from date: found 'TODAY', ${NOT_OVER}`,
  },
  {
    name: 'a last day that is not over',
    options: { to: '2999-01-01', expect: undefined },
    message: `--to date: found '2999-01-01', ${NOT_OVER}`,
  },
  {
    name: 'today by name',
    options: { from: 'today', expect: undefined },
    message: `--from date: found 'today', ${NOT_OVER}`,
  },
  {
    name: 'days in two ways',
    options: { last: '7d', expect: undefined },
    message: '--last option: found it beside --from, expected one of the two',
  },
  {
    name: 'a pattern that matches no folder',
    options: { symbols: 'tiny*' },
    message: `--symbols symbol: found 'tiny*', which matches no folder in raw, expected '${TINY_SYMBOL}'`,
  },
  {
    name: 'the days the wrong way round',
    options: { to: '2024-05-05' },
    message:
      "--to date: found '2024-05-05' before --from '2024-05-06', expected the same day or later",
  },
  {
    name: 'a day that does not exist',
    options: { from: '2024-02-30' },
    message: "--from date: found '2024-02-30', expected an existing day as YYYY-MM-DD",
  },
  {
    name: 'a symbol that is a path',
    options: { symbols: '../x' },
    message:
      "--symbols symbol: found '../x', expected 1 to 64 letters, digits, '_' or '-', not beginning with '_'",
  },
  {
    name: 'a symbol twice',
    options: { symbols: 'AUSDT,AUSDT' },
    message: "--symbols symbols: found 'AUSDT' twice, expected each symbol once",
  },
  {
    name: 'a resolution that does not divide a day',
    options: { resolutions: '1m,7s' },
    message:
      "--resolutions resolution: found '7s', expected a whole number of s, m, h or d that divides a day, such as 1s, 1m, 5m or 1h",
  },
  {
    name: 'an expectation outside of the day',
    options: { expect: '2024-05-07T00:00:00Z/2024-05-07T01:00:00Z' },
    message:
      "--expect range: found '2024-05-07T00:00:00Z/2024-05-07T01:00:00Z', expected a range that overlaps each day of the run, 2024-05-06 too",
  },
  {
    name: 'a share above one',
    options: { 'coverage-min': '1.5' },
    message: "--coverage-min number: found '1.5', expected a number from 0 to 1",
  },
  {
    name: 'a layout without an hour',
    options: { 'raw-layout': '{symbol}/{stream}/{date}/{minute}.csv' },
    message:
      "--raw-layout raw layout: found '{symbol}/{stream}/{date}/{minute}.csv', expected a relative name with {symbol}, {stream}, {hour}, {minute} (unless a chunk holds an hour), and {date} or {year}, {month}, {day}, once each",
  },
  {
    name: 'an option that there is not',
    options: { resolution: '1m' },
    message:
      "flowbars run option: found '--resolution', expected --resolutions (see flowbars run --help)",
  },
  {
    name: 'a variable that is no number',
    env: { FLOWBARS_JOBS: 'many' },
    message: "FLOWBARS_JOBS number: found 'many', expected a whole number from 1 to 1024",
  },
  {
    name: 'no raw root',
    options: { raw: undefined },
    message:
      '--raw option: found nothing, expected raw root: a folder or gs://bucket/prefix (here or as FLOWBARS_RAW)',
  },
];
