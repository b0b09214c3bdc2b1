/** Figures as a person reads them. Files and JSON never go through here. */
import { divideHalfUp, formatDecimal, parseDecimal, powerOfTen } from '../../core/unit/decimal.js';
import { durationText } from '../../core/unit/duration.js';

const MEGABYTE = 1_000_000;

/** `1,234,567`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1 day`, `1,234 days`; pass `plural` for irregular nouns. */
export function formatCounted(count: number, noun: string, plural: string = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** `12.3 MB`; from 100 MB on without decimals. */
export function formatMegabytes(bytes: number): string {
  const megabytes = bytes / MEGABYTE;
  return `${megabytes < 100 ? megabytes.toFixed(1) : formatCount(Math.round(megabytes))} MB`;
}

/** `98.3 MB/s`. */
export function formatRate(bytes: number, durationMs: number): string {
  return durationMs <= 0 ? '– MB/s' : `${formatMegabytes((bytes / durationMs) * 1_000)}/s`;
}

/** `45.2 s`, `3m 20s`, `23h 57m`. */
export function formatDuration(durationMs: number): string {
  const tenths = Math.max(0, Math.round(durationMs / 100));
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  // 59.97 s is rounded to a minute.
  return durationText(Math.max(60_000, durationMs));
}

/** `99.9821%`: cut, never rounded up, so that 100% means all of it. */
export function formatShare(share: number | null): string {
  if (share === null) return '–';
  const percent = Math.floor(share * 1e6 + 1e-6) / 1e4;
  return `${percent}%`;
}

/** `0.30` of `0.2951`: a decimal text with so many decimals, half up. What is no decimal stays as it is. */
export function formatRounded(text: string, decimals: number): string {
  const number = parseDecimal(text);
  if (number === undefined) return text;
  const scaled = number.mantissa * powerOfTen(decimals);
  const plain = formatDecimal(divideHalfUp(scaled, powerOfTen(number.decimals)), decimals);
  const [whole = '', fraction = ''] = plain.split('.');
  return decimals === 0 ? whole : `${whole}.${fraction.padEnd(decimals, '0')}`;
}
