/**
 * Compares two bar files by their texts alone: lines, commas and digits, without the product's own
 * parsing. Slow; for tests.
 */

export interface TextComparison {
  readonly bars: number;
  readonly different: number;
  /** Time and exact difference of the largest change, of several the first. */
  readonly close: readonly [time: string, difference: string] | null;
  readonly volume: readonly [time: string, difference: string] | null;
}

/** Digits after the point that every number is brought to. */
const DECIMALS = 20;

export function textComparison(before: string, after: string): TextComparison {
  const [ones, others] = [before.trimEnd().split('\n'), after.trimEnd().split('\n')];
  const bars = Math.max(ones.length, others.length) - 1;
  const changed = Array.from({ length: bars }, (_, index) => index + 1).filter(
    (line) => ones[line] !== others[line],
  );
  const largest = (column: string): readonly [string, string] | null => {
    const place = (ones[0] ?? '').split(',').indexOf(column);
    const changes = changed.flatMap((line) => {
      const [one, other] = [ones[line]?.split(',') ?? [], others[line]?.split(',') ?? []];
      const [from, to] = [units(one[place] ?? ''), units(other[place] ?? '')];
      if (from === undefined || to === undefined || from === to) return [];
      return [{ time: other[0] ?? '', by: to - from }];
    });
    const sizes = changes.map(({ by }) => (by < 0n ? -by : by));
    const most = sizes.reduce((a, b) => (a > b ? a : b), 0n);
    const found = changes[sizes.indexOf(most)];
    return found === undefined ? null : [found.time, decimal(found.by)];
  };
  return { bars, different: changed.length, close: largest('close'), volume: largest('vol_total') };
}

/** Sum of `trade_count`. */
export function tradesIn(text: string): number {
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const place = header.split(',').indexOf('trade_count');
  return lines.reduce((sum, line) => sum + Number(line.split(',')[place]), 0);
}

function units(text: string): bigint | undefined {
  if (text === '') return undefined;
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole + fraction.padEnd(DECIMALS, '0'));
  return text.startsWith('-') ? -size : size;
}

function decimal(value: bigint): string {
  const digits = String(value < 0n ? -value : value).padStart(DECIMALS + 1, '0');
  const text = `${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`;
  return (value < 0n ? '-' : '') + text.replace(/0+$/u, '').replace(/\.$/u, '');
}
