/** Says of symbol-days of which nothing was found what lies in the raw root instead, and what to try. */
import { isAside, noChunkText } from '../../core/recorded/name-meaning.js';
import {
  describeRoot,
  isRightAsItIs,
  type RootLook,
  type RootWords,
} from '../../core/recorded/root-look.js';
import { recordedText } from '../../core/recorded/recorded-text.js';
import { hasSymbolFirst, listPrefix, type RawLayout } from '../../core/rule/layout.js';
import { STREAMS } from '../../core/rule/symbol-day.js';
import type { RunRecord } from '../../core/stored/manifest.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { symbolName, type SymbolName } from '../../core/unit/symbol.js';
import { utcDate } from '../../core/unit/utc-date.js';
import { mapBounded } from '../map-bounded.js';
import type { Store } from '../ports.js';
import { listForms } from './list-forms.js';
import { lookAtRoot } from './look-at-root.js';
import { findRecordedDays } from './recorded-days.js';

/** Symbol-days for which a run looks; the others most likely have the same cause. */
const LOOKED_FOR_MAX = 31;
const LOOKED_AT_ONCE = 4;

/** Adds a hint to the first of the records that one hint fits. Throws nothing: the run has ended. */
export async function withWhatLiesThere(
  records: readonly RunRecord[],
  layout: RawLayout,
  raw: Store,
): Promise<RunRecord[]> {
  const nothing = records.filter(
    ({ input_objects: read, findings }) =>
      read === 0 && findings.some(({ code }) => code === 'no_data'),
  );
  const looked = await mapBounded(
    nothing.slice(0, LOOKED_FOR_MAX),
    LOOKED_AT_ONCE,
    async (record) => ({ record, words: await unlessRefused(lookFor(record, layout, raw)) }),
  );
  const hints = new Map<RunRecord, string>();
  const known = looked.flatMap(({ record, words }) =>
    words === undefined ? [] : [{ record, words }],
  );
  for (const [expected, alike] of Map.groupBy(known, ({ words }) => words.expected)) {
    const [first] = alike;
    if (first === undefined) continue;
    const more = alike.length === 1 ? '' : ` (and ${alike.length - 1} more like this)`;
    hints.set(first.record, `${expected}: ${raw.root} holds ${first.words.found}${more}`);
  }
  return records.map((record) => {
    const hint = hints.get(record);
    return hint === undefined ? record : { ...record, hints: [...(record.hints ?? []), hint] };
  });
}

/** In words for a person, where a root holds nothing that the layout names; undefined if nothing is to be said. */
export async function rootHint(layout: RawLayout, raw: Store): Promise<string | undefined> {
  const look = await lookAtRoot(raw);
  if (isRightAsItIs(look, layout)) return undefined;
  const { found, expected } = describeRoot(look, layout);
  return `try: ${expected}: ${raw.root} holds ${found}`;
}

async function lookFor(
  record: RunRecord,
  layout: RawLayout,
  raw: Store,
): Promise<RootWords | undefined> {
  const symbol = symbolName(record.symbol, 'record');
  const inDay = await filesOfDay({ ...record, symbol }, layout, raw);
  const strange = inDay.filter((name) => !isRightAsItIs(rootOf(name), layout));
  const [example] = strange;
  if (example !== undefined) {
    const { expected } = describeRoot(rootOf(example), layout);
    return { found: noChunkText(strange.length, example), expected };
  }
  if (inDay.length > 0) return undefined;
  const days = hasSymbolFirst(layout.rawLayout) ? await daysOf(symbol, layout, raw) : undefined;
  if (days !== undefined) return { found: days, expected: 'another --from or --to' };
  const look = await lookAtRoot(raw, symbol);
  return isRightAsItIs(look, layout) ? undefined : describeRoot(look, layout);
}

function rootOf(file: string): RootLook {
  return { count: 0, looked: [], files: [file] };
}

/** Names of the files in the folders of the day's streams. */
async function filesOfDay(
  { symbol, date }: { readonly symbol: SymbolName; readonly date: string },
  layout: RawLayout,
  raw: Store,
): Promise<string[]> {
  const names: string[] = [];
  for (const stream of STREAMS) {
    const folder = { symbol, stream, date: utcDate(date, 'record') };
    const prefix = listPrefix(layout, folder);
    // A prefix that ends before the day would list the chunks of others.
    if (!prefix.endsWith('/')) continue;
    names.push(...(await listForms(prefix, raw)).map(({ name }) => name));
  }
  return names.filter((name) => !isAside(name));
}

/** What is recorded of a symbol on other days; undefined for nothing. */
async function daysOf(
  symbol: SymbolName,
  layout: RawLayout,
  raw: Store,
): Promise<string | undefined> {
  const search = { layout, symbols: [symbol], from: undefined, to: undefined };
  const { days } = await findRecordedDays(search, raw);
  return days.length === 0 ? undefined : recordedText(days);
}

async function unlessRefused(
  looking: Promise<RootWords | undefined>,
): Promise<RootWords | undefined> {
  try {
    return await looking;
  } catch (error) {
    if (error instanceof FlowbarsError) return undefined;
    throw error;
  }
}
