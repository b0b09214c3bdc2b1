/**
 * The messages about a faulty chunk; the rest of its day is published. Each case is a symbol of one
 * run, so no case may harm another.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunRecord } from '../../src/core/stored/manifest.js';
import { runHere } from '../support/command-here.js';
import { expectStoredShapes, published, temporaryFiles } from '../support/e2e/stored-files.js';
import type { BadChunkCase } from '../support/e2e/bad-chunk-case.js';
import { BAD_CHUNKS } from '../support/e2e/bad-chunks.js';
import { BAD_ROWS } from '../support/e2e/bad-rows.js';
import { printCases } from '../support/e2e/print-cases.js';
import { malformedRows, rowCounts } from '../support/e2e/quality-figures.js';
import { optionArgs, recordsOf, tinyRunArgs } from '../support/e2e/run-flowbars.js';
import {
  TINY_DATE,
  TINY_EXPECT,
  TINY_SYMBOL,
  tinyRecording,
  writeChunks,
} from '../support/e2e/tiny-recording.js';
import { Workdir } from '../support/workdir.js';

const CASES = [...BAD_CHUNKS, ...BAD_ROWS];
const NO_ROWS = { malformed: 0, neighbour_day: 0, excluded: 0, duplicate: 0 };
const TRADES = { rows: 60, used: 60, ...NO_ROWS };
const DEPTH = { ...TRADES, one_sided: 0, crossed: 0, short: 0 };
const RUN_ID = 'bad-chunks';

const workdir = new Workdir();
const records = new Map<string, RunRecord>();
const report = printCases('a chunk with');

beforeAll(async () => {
  for (const [index, { change }] of CASES.entries()) {
    const chunks = tinyRecording();
    const changed = [...(change(chunks) ?? chunks)].map(
      ([name, content]) => [name.replace(TINY_SYMBOL, symbolOf(index)), content] as const,
    );
    writeChunks(workdir, 'raw', new Map(changed));
  }
  // Of 60 rows a single bad one is more than the usual share.
  const options = { symbols: 'all', 'run-id': RUN_ID, 'usable-min': '0.98' };
  const result = await workdir.run(tinyRunArgs(options));
  expect(result).toMatchObject({ code: 1, signal: undefined });
  for (const record of recordsOf(result)) records.set(record.symbol, record);
});

afterAll(() => workdir.dispose());

describe('a chunk with', () => {
  for (const [index, badCase] of CASES.entries()) {
    test(badCase.name, async () => await check(badCase, symbolOf(index)));
  }
});

test('bad chunks leave records, reports and a manifest of the published shapes, and no other file', () => {
  const failed = CASES.filter(({ status }) => status === 'failed').length;
  expect(failed).toBeGreaterThan(0);
  expect(expectStoredShapes(workdir)).toEqual({
    quality: CASES.length - failed,
    manifest: 1,
    record: CASES.length,
    summary: 1,
    plan: 1,
    fan_out: 1,
    scoreboard: 0,
  });
  expect(temporaryFiles(workdir)).toEqual([]);
});

/** The recording's depth has no ids, whatever the change. */
function isDepthNote(text: string): boolean {
  return /^info ids_absent \S+\/depth\//u.test(text);
}

async function check(badCase: BadChunkCase, symbol: string): Promise<void> {
  const { name, code = 0, status = 'complete', malformed = [] } = badCase;
  const record = records.get(symbol);
  const findings = (record?.findings ?? []).map(
    ({ severity, code: finding, where, detail }) =>
      `${severity} ${finding} ${where.replaceAll(symbol, TINY_SYMBOL)}: ${detail}`,
  );
  const isFailed = status === 'failed';
  const quality = `out/${symbol}/${TINY_DATE}_quality.json`;
  const shown = isFailed ? undefined : workdir.json(quality);
  const rows = { trades: { ...TRADES, ...badCase.trades }, depth: { ...DEPTH, ...badCase.depth } };
  const messages = [...findings, ...malformedRows(shown), ...rowCounts(shown)];
  expect.soft(findings.filter(isDepthNote)).toHaveLength(1);
  report(name, `exit code ${code}, ${record?.status}`, messages);

  expect(record).toMatchObject({ outcome: isFailed ? 'failed' : 'published', status });
  expect.soft(findings.filter((text) => !isDepthNote(text))).toEqual(badCase.findings);
  expect.soft(malformedRows(shown)).toEqual(malformed);
  if (isFailed) {
    expect([...published(workdir).keys()].filter((file) => file.startsWith(symbol))).toEqual([]);
  } else {
    expect.soft(shown).toMatchObject({ rows });
  }
  expect(await summarize(symbol)).toBe(code);
}

/** Whether a run of this symbol alone would be good. Only the first is asked of the binary. */
async function summarize(symbol: string): Promise<number | undefined> {
  const where = { raw: workdir.path('raw'), out: workdir.path('out'), 'run-id': RUN_ID };
  const what = { symbols: symbol, from: TINY_DATE, expect: TINY_EXPECT };
  const args = ['summarize', ...optionArgs({ ...where, ...what })];
  if (symbol === symbolOf(0)) return (await workdir.run(args)).code;
  return await runHere(args, {}, { onStdout: () => undefined, onStderr: () => undefined });
}

function symbolOf(index: number): string {
  return `CASE${String(index).padStart(2, '0')}`;
}
