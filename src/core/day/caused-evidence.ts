/** The evidence of a day with the causes of its outages: in the outages, and in the findings that name them. */
import { outagePlace, outageText } from '../evidence/outages.js';
import type { HourHeard } from '../evidence/heard.js';
import { withCauses } from '../evidence/outage-cause.js';
import { finding } from '../finding/finding-list.js';
import { timeOfSidecar } from '../sidecar/wanted-sidecars.js';
import { counted } from '../unit/words.js';
import type { DayEvidence } from './day-evidence.js';

/** A sidecar that says nothing. */
export interface UnreadableSidecar {
  readonly name: string;
  readonly found: string;
  readonly expected: string;
}

export function causedEvidence(
  evidence: DayEvidence,
  hours: readonly HourHeard[],
  unreadable: readonly UnreadableSidecar[],
): DayEvidence {
  const unread = unreadable.flatMap(({ name }) => timeOfSidecar(name) ?? []);
  const outages = withCauses(evidence.silence, hours, unread);
  const texts = new Map(outages.map((outage) => [outagePlace(outage), outageText(outage)]));
  const findings = evidence.findings.map((one) =>
    one.code === 'outage' ? { ...one, detail: texts.get(one.where) ?? one.detail } : one,
  );
  const [first] = unreadable;
  if (first !== undefined) {
    const count = counted(unreadable.length, 'sidecar');
    const detail = `${count} of recorders not read: found ${first.found}, expected ${first.expected}`;
    findings.push(finding('sidecar_unreadable', first.name, detail));
  }
  return { ...evidence, silence: { ...evidence.silence, outages }, findings };
}
