/**
 * Says of a symbol-day of which nothing was found what lies in the raw root instead: another spelling
 * of the symbol, other streams, other days, other names.
 */
import { lyingHint } from '../../core/run/hint.js';
import type { RunRecord } from '../../core/stored/manifest.js';
import type { Store } from '../ports.js';

/** Symbol-days for which a run looks; the others most likely have the same cause. */
const LOOKED_FOR_MAX = 5;
/** Folders from the root down to a day's chunks. */
const DEPTH_MAX = 3;

/** `open`: the store of a folder below the raw root; empty: of the root itself. */
export async function withWhatLiesThere(
  records: readonly RunRecord[],
  open: (below: string) => Store,
): Promise<RunRecord[]> {
  const nothing = records.filter(
    ({ input_objects: read, findings }) =>
      read === 0 && findings.some(({ code }) => code === 'no_data'),
  );
  const looked = new Map<RunRecord, string>();
  for (const record of nothing.slice(0, LOOKED_FOR_MAX)) {
    const hint = await lookFor(record, open);
    if (hint !== undefined) looked.set(record, hint);
  }
  return records.map((record) => {
    const hint = looked.get(record);
    return hint === undefined ? record : { ...record, hints: [...(record.hints ?? []), hint] };
  });
}

/** Goes down from the root as long as the folder is there that the default layout names. */
async function lookFor(
  { symbol, date }: RunRecord,
  open: (below: string) => Store,
): Promise<string | undefined> {
  let place = '';
  for (const wanted of [[symbol], ['trades', 'depth'], [date]]) {
    const store = open(place);
    const names = await store.folders();
    const next = wanted.find((name) => names.includes(name));
    if (next === undefined) return lyingHint(store.root, await opened(names, place, open));
    place = place === '' ? next : `${place}/${next}`;
  }
  const store = open(place);
  const objects = await store.list('');
  return lyingHint(
    store.root,
    objects.map(({ name }) => name),
  );
}

/** `2025/12/20/` for `2025`: a folder that holds one folder alone says little. */
async function opened(
  names: readonly string[],
  place: string,
  open: (below: string) => Store,
): Promise<string[]> {
  const [only, ...others] = names;
  if (only === undefined || others.length > 0) return names.map((name) => `${name}/`);
  let path = only;
  for (let depth = 1; depth < DEPTH_MAX; depth += 1) {
    const [next, ...more] = await open(
      [place, path].filter((part) => part !== '').join('/'),
    ).folders();
    if (next === undefined || more.length > 0) break;
    path += `/${next}`;
  }
  return [`${path}/`];
}
