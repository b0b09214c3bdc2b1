/** Numbers of an axis as text: with the digits that tell them apart, and the same number of them on all. */

const DECIMALS_MOST = 8;
/** Share of the step between two ticks by which a text may be off. */
const ERROR_SHARE = 0.01;
/** Digits of a number by itself. */
const DIGITS = 6;

export function tickTexts(values: readonly number[]): string[] {
  const steps = values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? value)));
  const step = Math.min(...steps);
  const isExact = (decimals: number): boolean =>
    values.every(
      (value) => Math.abs(Number(value.toFixed(decimals)) - value) <= step * ERROR_SHARE,
    );
  let decimals = 0;
  while (decimals < DECIMALS_MOST && !isExact(decimals)) decimals += 1;
  return steps.length === 0
    ? values.map((value) => numberText(value))
    : values.map((value) => plainText(value.toFixed(decimals)));
}

/** Under the crosshair, between ticks. */
export function numberText(value: number): string {
  return Math.abs(value) >= 10 ** DIGITS
    ? value.toFixed(0)
    : plainText(String(Number(value.toPrecision(DIGITS))));
}

/** Zero has no sign, and no decimals. */
function plainText(text: string): string {
  return Number(text) === 0 ? '0' : text;
}
