/**
 * The state of a symbol-day: what its manifest says and, with --live, what the raw root holds now.
 * calendar.ts decides whether a state is good.
 */
import type { Finding } from '../finding/finding.js';
import { findingText } from '../finding/finding-list.js';
import { doubtIn } from '../run/good.js';
import { firstFinding } from '../run/manifest-update.js';
import { describeGone } from '../stale/input-difference.js';
import type { ManifestEntry, PublishedEntry } from '../stored/manifest.js';
import { unreachable } from '../unit/errors.js';
import { CALENDAR_SHAPES, type CalendarDay, type CalendarState } from './calendar-shape.js';

/** Most urgent first. `none`: the day's manifest has no entry for the symbol, and nothing is recorded. */
export const CALENDAR_STATES: readonly CalendarState[] = CALENDAR_SHAPES.calendar_state.of;

/** What the manifest of a day says of one symbol. */
export type ManifestView =
  | { readonly found: 'no_manifest' }
  | { readonly found: 'unreadable'; readonly detail: string }
  | { readonly found: 'no_entry' }
  | { readonly found: 'entry'; readonly entry: ManifestEntry };

/**
 * What the raw root says. `changed`: a new computation would change something. `gone`: objects that the
 * day was published from no longer exist, and none were added; `damage` says what else differs from
 * what was published. `refused`: it holds something that cannot be computed.
 */
export type RawView =
  | { readonly found: 'same' }
  | { readonly found: 'changed'; readonly detail: string }
  | { readonly found: 'unpublished'; readonly hasChunks: boolean }
  | { readonly found: 'gone'; readonly objects: number; readonly damage?: string }
  | { readonly found: 'refused'; readonly detail: string };

/** What a calendar says of a symbol-day, except whether it is good. */
export type StatedDay = Omit<CalendarDay, 'date' | 'good'>;

export function stateByManifest(view: ManifestView): StatedDay {
  const nothing = { coverage: null, published_status: null };
  switch (view.found) {
    case 'no_manifest':
      return { ...nothing, state: 'missing', detail: 'the day has no manifest' };
    case 'unreadable':
      return { ...nothing, state: 'unreadable', detail: view.detail };
    case 'no_entry':
      return { ...nothing, state: 'missing', detail: 'the manifest has no entry' };
    case 'entry':
      return stateByEntry(view.entry);
    default:
      return unreachable(view);
  }
}

/** The state by the manifest, corrected by what the raw root says. */
export function stateByRaw(view: ManifestView, raw: RawView): StatedDay {
  const stated = stateByManifest(view);
  switch (raw.found) {
    case 'same':
      return stated;
    case 'changed':
      // Unlisted files are not published: the final step has not reached them, and repair looks only at published days.
      return stated.state === 'missing'
        ? { ...stated, detail: `${stated.detail}, though files of it are stored` }
        : { ...stated, state: 'stale', detail: raw.detail };
    case 'unpublished':
      return raw.hasChunks
        ? { ...stated, state: 'missing', detail: 'chunks are recorded, but nothing is published' }
        : stateOfUnrecorded(view, stated);
    case 'gone': {
      const { objects, damage } = raw;
      const note = describeGone(objects);
      const facts = { ...stated, gone_objects: objects };
      if (damage !== undefined) return { ...facts, state: 'stale', detail: `${damage}; ${note}` };
      return { ...facts, detail: stated.detail === '' ? note : `${stated.detail}; ${note}` };
    }
    case 'refused':
      return { ...stated, state: 'failed', detail: raw.detail };
    default:
      return unreachable(raw);
  }
}

/** The prices on the two sides of a midnight differ. */
export function staleBySeed(stated: StatedDay, finding: Finding): StatedDay {
  return { ...stated, state: 'stale', detail: findingText(finding) };
}

/**
 * A symbol that was asked for but appears in no manifest, on a day that has one. `closest`: a known
 * symbol that may be meant.
 */
export function stateOfUnknown(
  stated: StatedDay,
  { live, closest }: { readonly live: boolean; readonly closest: string | undefined },
): StatedDay {
  const recorded = live ? ', and nothing is recorded for it' : '';
  const hint = closest === undefined ? '' : ` (is it '${closest}'?)`;
  const detail = `no manifest of these days has such a symbol${recorded}${hint}`;
  return { ...stated, state: 'missing', beyond_runs: true, detail };
}

/** Without a manifest nothing ran: a dead recorder must not look like a new symbol. */
function stateOfUnrecorded(view: ManifestView, stated: StatedDay): StatedDay {
  if (view.found === 'no_entry') return { ...stated, state: 'none', detail: 'nothing is recorded' };
  const published = view.found === 'no_manifest' ? 'no manifest' : 'nothing is published';
  const detail = `${published}, and nothing recorded`;
  return { ...stated, state: 'missing', beyond_runs: true, detail };
}

function stateByEntry({ published, last_attempt: attempt }: ManifestEntry): StatedDay {
  const facts = {
    coverage: published?.coverage ?? null,
    published_status: published?.status ?? null,
  };
  if (attempt !== undefined) {
    const { run_id, outcome, first_finding: first } = attempt;
    const detail = first === null ? `run ${run_id} ended as ${outcome}` : findingText(first);
    const isVanished = first?.code === 'inputs_vanished';
    const beyond = isVanished ? ({ beyond_runs: true } as const) : {};
    return { ...facts, ...beyond, state: 'failed', last_attempt: { run_id, outcome }, detail };
  }
  if (published === null) return { ...facts, state: 'missing', detail: 'nothing is published' };
  const doubt = doubtIn(published.status, published.findings);
  const doubted = doubt === undefined ? {} : { doubt };
  return { ...facts, ...doubted, state: published.status, detail: publishedDetail(published) };
}

function publishedDetail({ status, findings }: PublishedEntry): string {
  const first = status === 'complete' ? null : firstFinding(findings);
  return first === null ? '' : findingText(first);
}
