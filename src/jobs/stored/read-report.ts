/**
 * The only reader of stored quality reports: found, absent, or unreadable (a broken seal or malformed
 * fields). The caller decides what each means.
 */
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { Guard } from '../../core/shape/guard.js';
import { qualityName } from '../../core/stored/output-names.js';
import { parseReport } from '../../core/stored/report-seal.js';
import { isPublishedReport, type PublishedReport } from '../../core/stored/stored-shapes.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { digestBy } from './digest.js';
import type { Codec, Effects, Store, StoredContent, StoredObject } from '../ports.js';

export type StoredReport<Report = PublishedReport> =
  | { readonly state: 'found'; readonly report: Report; readonly content: StoredContent }
  | { readonly state: 'absent'; readonly report: undefined }
  | { readonly state: 'unreadable'; readonly report: undefined; readonly error: FlowbarsError };

interface ReportPlace {
  readonly store: Store;
  readonly name: string;
  /** The report's name in errors. */
  readonly where: string;
  /** The listed object, if exactly that generation is wanted. */
  readonly listed?: StoredObject | undefined;
}

const ABSENT = { state: 'absent', report: undefined } as const;

/** `isReport`: guards the fields that the caller relies on. */
export async function readReport<Report extends PublishedReport>(
  { store, name, where, listed }: ReportPlace,
  isReport: Guard<Report>,
  codec: Codec,
): Promise<StoredReport<Report>> {
  const content = await store.read(name, listed);
  if (content === undefined) return ABSENT;
  try {
    const text = codec.decode(content.bytes);
    const report = parseReport(text, where, { isReport, digest: digestBy(codec) });
    return { state: 'found', report, content };
  } catch (error) {
    if (!(error instanceof FlowbarsError)) throw error;
    return { state: 'unreadable', report: undefined, error };
  }
}

/** The published report of a symbol-day. */
export async function readPublishedReport(
  day: SymbolDay,
  { out, codec }: Pick<Effects, 'out' | 'codec'>,
): Promise<StoredReport> {
  const name = qualityName(day);
  return await readReport({ store: out, name, where: name }, isPublishedReport, codec);
}

/** The same for exactly the object in a listing; absent if the listing has none. */
export async function readListedReport(
  day: SymbolDay,
  listing: ReadonlyMap<string, StoredObject>,
  { out, codec }: Pick<Effects, 'out' | 'codec'>,
): Promise<StoredReport> {
  const name = qualityName(day);
  const listed = listing.get(name);
  if (listed === undefined) return ABSENT;
  return await readReport({ store: out, name, where: name, listed }, isPublishedReport, codec);
}
