/** Outages of an hour beside sidecars made for them, and what is said of their causes. */
import { withCauses } from '../../../src/core/evidence/outage-cause.js';
import { heardIn, type HourHeard } from '../../../src/core/evidence/heard.js';
import type { OutageRange, Silence } from '../../../src/core/evidence/outages.js';
import type { Sidecar } from '../../../src/core/sidecar/sidecar.js';
import type { OutageKind } from '../../../src/core/stored/quality-report.js';
import { isoStampMs, type TimeRange } from '../../../src/core/unit/utc-date.js';
import { type MadeLine, madeSidecar, type MadeSidecar } from './made-sidecar.js';

const HOUR = Date.parse('2025-12-11T10:00:00Z');
/** Of a line. */
export const BOTH: readonly string[] = ['A', 'B'];

/** Second of the hour as an instant. */
export function at(second: number): string {
  return isoStampMs(HOUR + second * 1_000);
}

export function outage(kind: OutageKind, from: number, to: number): OutageRange {
  return { kind, fromMs: HOUR + from * 1_000, toMs: HOUR + to * 1_000 };
}

export function sidecar(changes: Partial<MadeSidecar> = {}): Sidecar {
  return madeSidecar({ from: at(0), to: at(3_600), lines: [line()], ...changes });
}

export function line(changes: Partial<MadeLine> = {}): MadeLine {
  return { stream: 'trades', symbols: BOTH, ...changes };
}

/** Of a symbol that was traded all the time. */
export function untold(one: OutageRange): Pick<Silence, 'outages' | 'untraded'> {
  return { outages: [one], untraded: [] };
}

/** What is kept of sidecars for the symbol A. */
export function heardOf(sidecars: readonly Sidecar[]): HourHeard[] {
  return sidecars.map((one) => heardIn(one, 'A'));
}

/** `disconnected 50, recorder_down 10`, in seconds. */
export function said(
  one: OutageRange,
  sidecars: readonly Sidecar[],
  untraded: readonly TimeRange[] = [],
  unread: readonly TimeRange[] = [],
): string {
  const [{ causes = [] } = one] = withCauses(
    { outages: [one], untraded },
    heardOf(sidecars),
    unread,
  );
  return causes.map(({ cause, ms }) => `${cause} ${ms / 1_000}`).join(', ');
}
