/** Figures of an evaluation as a person reads them; `–` where there is none. */
import { thousands } from '../unit/words.js';
import type { Interval } from './evaluation-shape.js';

export const NO_FIGURE = '–';

/** `+0.12 %`, `−0.30 %`: of a share. */
export function signedPercent(share: number | null, decimals = 2): string {
  return share === null ? NO_FIGURE : `${signed(share * 100, decimals)} %`;
}

/** `52.1 %`. */
export function percent(share: number | null, decimals = 1): string {
  return share === null ? NO_FIGURE : `${plain(share * 100, decimals)} %`;
}

/** `0.512`. */
export function fixed(value: number | null, decimals = 3): string {
  return value === null ? NO_FIGURE : plain(value, decimals);
}

/** `+1.25`, `−3.00`. */
export function signedFixed(value: number | null, decimals = 2): string {
  return value === null ? NO_FIGURE : signed(value, decimals);
}

/** `−0.30 % to +0.51 %` of both ends; `–` if one is missing. */
export function rangeText(
  low: number | null,
  high: number | null,
  text: (value: number) => string,
): string {
  return low === null || high === null ? NO_FIGURE : `${text(low)} to ${text(high)}`;
}

/** By blocks of days, which depend on each other least; by those of 4 hours where there are too few days. */
export function mainRange(interval: Interval): readonly [low: number | null, high: number | null] {
  const { low_day: low, high_day: high, low_4h: low4h, high_4h: high4h } = interval;
  return low === null || high === null ? [low4h, high4h] : [low, high];
}

/** `1 fold`, `1,234 rows`. */
export function counted(count: number, noun: string): string {
  return `${thousands(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `5 minutes`. */
export function minutesText(ms: number): string {
  const minutes = ms / 60_000;
  return Number.isInteger(minutes) ? counted(minutes, 'minute') : `${ms / 1_000} seconds`;
}

function signed(value: number, decimals: number): string {
  const text = plain(value, decimals);
  return /[1-9]/u.test(text) && value > 0 ? `+${text}` : text;
}

/** A true minus, and none before a zero. */
function plain(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && /[1-9]/u.test(text) ? `−${text}` : text;
}
