/** What the manifests say of the symbol-days of a site, in as little memory as its pages need. */
import type { Calendar } from '../../core/calendar/calendar-shape.js';
import type { FindingSeverity } from '../../core/finding/finding.js';
import { findingText } from '../../core/finding/finding-list.js';
import { sourceText } from '../../core/site/page-record.js';
import { DAY_FINDINGS_MAX, type DayFacts } from '../../core/site/symbol-page.js';
import type { ManifestEntry } from '../../core/stored/manifest.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import { datesBetween, type UtcDate } from '../../core/unit/utc-date.js';
import type { Effects } from '../ports.js';
import { readEntries } from '../stored/read-entries.js';

/** Worst first. */
const SEVERITIES: readonly FindingSeverity[] = ['error', 'warning', 'info'];

export interface SiteDay extends DayFacts {
  /** Digest of what a page of the day is made from. */
  readonly source: string;
  /** Whether there are bars to draw. */
  readonly hasBars: boolean;
}

export type SiteDays = ReadonlyMap<SymbolName, ReadonlyMap<UtcDate, SiteDay>>;

/** `program`: its version, since another one draws other pages. Days whose manifest cannot be read are left out. */
export async function readSiteDays(
  { from, to, symbols }: Calendar,
  program: string,
  effects: Pick<Effects, 'out' | 'codec'>,
): Promise<SiteDays> {
  const { codec } = effects;
  const keep = ({ published }: ManifestEntry): SiteDay | undefined => {
    if (published === null) return undefined;
    const { files, findings } = published;
    return {
      source: codec.sha256(codec.encode(sourceText(published, program))),
      hasBars: files.some(({ kind }) => kind === 'bars'),
      files: files.map(({ name, bytes }) => ({ name, bytes })),
      findings: findings
        .toSorted(
          (one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity),
        )
        .slice(0, DAY_FINDINGS_MAX)
        .map((finding) => ({ severity: finding.severity, text: findingText(finding) })),
      findingCount: findings.length,
    };
  };
  const names = symbols.map(({ symbol }) => symbol);
  const reading = { symbols: names, keep, onRead: () => undefined };
  const { days } = await readEntries(datesBetween(from, to), reading, effects);
  const found = new Map(names.map((symbol) => [symbol, new Map<UtcDate, SiteDay>()]));
  for (const { date, day } of days) {
    if (day.found !== 'manifest') continue;
    for (const [symbol, kept] of day.entries) {
      if (kept !== undefined) found.get(symbol)?.set(date, kept);
    }
  }
  return found;
}
