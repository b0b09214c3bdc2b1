/**
 * Fingerprints: one digest of an artifact's inputs and rules (docs/OUTPUT.md). If it is unchanged, a
 * new computation gives the same bytes.
 */
import { DAY_RULES, type RuleTable } from '../rule/rule-table.js';
import { digestedRules, type RuleValues } from '../rule/rules.js';
import { SCHEMA_VERSION } from '../shape/shape.js';
import { type FileName, fileWords } from './artifacts.js';
import type { InputObject, SidecarObject } from './quality-report.js';

/** Lower-case hex digest of a UTF-8 text. */
export type Digest = (text: string) => string;

/**
 * Of the bytes that a typed file is made into, beside what its rows say. Raise it where the same rows give other
 * bytes: another library, or one that packs them otherwise (a golden file shows it).
 */
export const TYPED_VERSION = 1;

/** One digest of the inputs in order: role, stored size, stored checksum and name of each. */
export function inputsDigest(inputs: readonly InputObject[], digest: Digest): string {
  return digest(
    inputs.map(({ name, size, crc32c, role }) => `${role} ${size} ${crc32c} ${name}\n`).join(''),
  );
}

export interface FileSubject {
  readonly rules: RuleValues;
  /** A typed file says it. */
  readonly dataset: Readonly<Record<string, unknown>> | undefined;
}

/** The fingerprint of one file of the day. */
export function fileFingerprint(
  inputs: string,
  { kind, resolution, format }: FileName,
  { rules, dataset }: FileSubject,
  digest: Digest,
  table: RuleTable = DAY_RULES,
): string {
  const typed = format === 'parquet' ? { version: TYPED_VERSION, dataset } : undefined;
  return digest(
    JSON.stringify({
      kind,
      schema_version: SCHEMA_VERSION,
      inputs,
      resolution,
      format,
      typed,
      options: digestedRules(rules, kind, table),
    }),
  );
}

/** One digest of the sidecars in order; undefined without any. */
export function sidecarsDigest(
  sidecars: readonly SidecarObject[],
  digest: Digest,
): string | undefined {
  if (sidecars.length === 0) return undefined;
  return digest(sidecars.map(({ name, size, crc32c }) => `${size} ${crc32c} ${name}\n`).join(''));
}

/** `files`: all that the report lists, in its order. */
export function reportFingerprint(
  inputs: string,
  subject: {
    readonly symbol: string;
    readonly date: string;
    readonly files: readonly FileName[];
    readonly dataset: Readonly<Record<string, unknown>> | undefined;
    /** Digest of the sidecars, on which no file but the report depends; undefined without any. */
    readonly sidecars: string | undefined;
  },
  rules: RuleValues,
  digest: Digest,
  table: RuleTable = DAY_RULES,
): string {
  const { symbol, date, files, dataset, sidecars } = subject;
  const names = files.map(fileWords);
  return digest(
    JSON.stringify({
      kind: 'quality',
      schema_version: SCHEMA_VERSION,
      inputs,
      subject: { symbol, date, files: names, dataset, sidecars },
      options: digestedRules(rules, 'quality', table),
    }),
  );
}
