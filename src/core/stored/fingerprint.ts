/**
 * Fingerprints: what an artifact was made from and by which rules, as one digest (SPEC section 5).
 * An unchanged fingerprint means that computing again gives the same bytes.
 */
import { SCHEMA_VERSION, type BarRules, type DayRules } from '../rule/day-rules.js';
import type { InputObject } from './quality-report.js';

/** Lower-case hex digest of a UTF-8 text. */
export type Digest = (text: string) => string;

/** One digest over the inputs in order: name, stored size and stored checksum, and what each was read for. */
export function inputsDigest(inputs: readonly InputObject[], digest: Digest): string {
  return digest(
    inputs.map(({ name, size, crc32c, role }) => `${role} ${size} ${crc32c} ${name}\n`).join(''),
  );
}

export function barsFingerprint(
  inputs: string,
  resolutionName: string,
  rules: DayRules,
  digest: Digest,
): string {
  return digest(
    JSON.stringify({
      kind: 'bars',
      schema_version: SCHEMA_VERSION,
      inputs,
      resolution: resolutionName,
      options: barRules(rules),
    }),
  );
}

/** `resolutionNames`: of all artifacts that the report lists, finest first. */
export function reportFingerprint(
  inputs: string,
  subject: {
    readonly symbol: string;
    readonly date: string;
    readonly resolutionNames: readonly string[];
    readonly dataset: Readonly<Record<string, unknown>> | undefined;
  },
  rules: DayRules,
  digest: Digest,
): string {
  const { sparseTrades, holeMinMs, malformedMax, expect } = rules;
  const { symbol, date, resolutionNames, dataset } = subject;
  const range = expect === undefined ? null : { fromMs: expect.fromMs, toMs: expect.toMs };
  return digest(
    JSON.stringify({
      kind: 'quality',
      schema_version: SCHEMA_VERSION,
      inputs,
      subject: { symbol, date, resolutionNames, dataset },
      options: { ...barRules(rules), sparseTrades, holeMinMs, malformedMax, expect: range },
    }),
  );
}

function barRules({ edgeMinutes, seedMinutes, streams, rawLayout }: BarRules): BarRules {
  return { edgeMinutes, seedMinutes, streams, rawLayout };
}
