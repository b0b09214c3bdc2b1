/** Bar lengths: any whole number of seconds that divides a UTC day, named in the largest unit. */
import { FlowbarsError } from './errors.js';
import { DAY_SECONDS } from './utc-date.js';

export interface Resolution {
  /** `1s`, `1m`, `5m`, `1h`: the largest of s, m, h, d that gives a whole number. */
  readonly name: string;
  readonly seconds: number;
}

const UNITS: readonly { readonly unit: string; readonly seconds: number }[] = [
  { unit: 'd', seconds: 86_400 },
  { unit: 'h', seconds: 3_600 },
  { unit: 'm', seconds: 60 },
  { unit: 's', seconds: 1 },
];

/** Reads `1s,1m,1h`: the distinct resolutions, finest first. Throws a usage error. */
export function parseResolutions(text: string, where: string): Resolution[] {
  return distinctResolutions(text.split(',').map((part) => parseResolution(part.trim(), where)));
}

/** Each once, finest first. */
export function distinctResolutions(resolutions: readonly Resolution[]): Resolution[] {
  const bySeconds = new Map(resolutions.map((resolution) => [resolution.seconds, resolution]));
  return [...bySeconds.values()].toSorted((a, b) => a.seconds - b.seconds);
}

/** A resolution by its name; undefined for any other text. */
export function readResolution(text: string): Resolution | undefined {
  const match = /^([1-9]\d{0,4})([smhd])$/.exec(text);
  const unitSeconds = UNITS.find(({ unit }) => unit === match?.[2])?.seconds ?? 0;
  const seconds = Number(match?.[1] ?? 0) * unitSeconds;
  return seconds === 0 || DAY_SECONDS % seconds !== 0 ? undefined : resolutionOf(seconds);
}

/** readResolution for user input: throws a usage error. */
export function parseResolution(text: string, where: string): Resolution {
  const resolution = readResolution(text);
  if (resolution !== undefined) return resolution;
  throw new FlowbarsError('usage', {
    where,
    what: 'resolution',
    found: `'${text}'`,
    expected: 'a whole number of s, m, h or d that divides a day, such as 1s, 1m, 5m or 1h',
  });
}

export function resolutionOf(seconds: number): Resolution {
  const largest = UNITS.find((candidate) => seconds % candidate.seconds === 0);
  const { unit, seconds: unitSeconds } = largest ?? { unit: 's', seconds: 1 };
  return { name: `${seconds / unitSeconds}${unit}`, seconds };
}

/** The longest step, in seconds, from which all these resolutions can be rolled up. */
export function commonSeconds(resolutions: readonly Resolution[]): number {
  return resolutions.reduce((divisor, { seconds }) => greatestCommonDivisor(divisor, seconds), 0);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
