/**
 * Shortens the arguments of a run for its summary. A long list becomes its count and its first items, a
 * long text its length and its first characters.
 */

/** Bytes of a summary that the arguments may take. */
export const ARGUMENTS_BYTES_MAX = 2_400;

/** Items of a list and characters of a text to keep, tried in this order. */
const STEPS: readonly { readonly items: number; readonly characters: number }[] = [
  { items: 20, characters: 400 },
  { items: 10, characters: 200 },
  { items: 3, characters: 100 },
  { items: 1, characters: 40 },
];

export function abbreviated(
  whole: Readonly<Record<string, unknown>>,
  sizeBytes: (text: string) => number,
): Readonly<Record<string, unknown>> {
  const isFit = (value: unknown): boolean =>
    sizeBytes(JSON.stringify(value, null, 2)) <= ARGUMENTS_BYTES_MAX;
  if (isFit(whole)) return whole;
  for (const step of STEPS) {
    const short = Object.fromEntries(
      Object.entries(whole).map(([name, value]) => [name, shortened(value, step)]),
    );
    if (isFit(short)) return short;
  }
  return { omitted: { count: Object.keys(whole).length } };
}

function shortened(value: unknown, step: (typeof STEPS)[number]): unknown {
  if (typeof value === 'string' && value.length > step.characters) {
    return { length: value.length, first: value.slice(0, step.characters) };
  }
  if (Array.isArray(value) && value.length > step.items) {
    const first: unknown[] = value.slice(0, step.items);
    return { count: value.length, first: first.map((item) => shortened(item, step)) };
  }
  return value;
}
