/** Lengths of time for a person. */
import { thousands } from './words.js';

/** `20.102 s`, `3m 20s`, `23h 57m`: below a minute to the millisecond. */
export function durationText(ms: number): string {
  if (ms < 60_000) return `${ms / 1_000} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m ${seconds % 60}s`;
  const minutes = Math.round(seconds / 60);
  return `${thousands(Math.floor(minutes / 60))}h ${minutes % 60}m`;
}
