/** One recording through the pass and through the oracle: what both say about its doubt and its outages. */
import { expect } from 'vitest';
import { oracleDay, type OracleOptions } from '../oracle/oracle-day.js';
import { date, dayStartMs, symbol } from '../oracle/raw-text.js';
import type { OracleObject } from '../oracle/reading.js';
import { productDay } from './product-day.js';

/** `code severity` of every finding that is not info, and the outages, by the product; the oracle says the same. */
export async function check(
  objects: readonly OracleObject[],
  given: Partial<OracleOptions>,
  expected: { readonly findings: readonly string[]; readonly status?: string },
): Promise<string> {
  const options = { symbol, date, resolutions: ['1h'], ...given };
  const oracle = oracleDay([...objects], options);
  const { evidence } = await productDay(objects, options);
  const found = evidence.findings.filter(({ severity }) => severity !== 'info');
  const told = found.map(({ code, severity, where, detail }) =>
    code === 'outage' ? `${where.slice(11, 19)} ${detail}` : `${code} ${severity}`,
  );
  expect(told).toEqual(expected.findings);
  expect(evidence.status).toBe(expected.status ?? 'partial');
  expect(oracle.status).toBe(evidence.status);
  expect(oracle.outages).toEqual(evidence.silence.outages);
  const doubts = found.filter(({ code }) => code !== 'outage');
  const codes = doubts.map(({ code, severity }) => `${code} ${severity}`);
  expect([...new Set(codes)].toSorted()).toEqual(oracle.doubts);
  return doubts.map(({ where, detail }) => `${where}: ${detail}`).join('\n');
}

/** Expects a recording from an offset on, for as long. */
export function expecting(offsetMs: number, lengthMs: number): Partial<OracleOptions> {
  return { expect: { fromMs: dayStartMs + offsetMs, toMs: dayStartMs + offsetMs + lengthMs } };
}
