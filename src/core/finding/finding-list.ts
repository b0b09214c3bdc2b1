/** Collects findings in order: lists a limited number of each code and counts the rest. */
import { type Finding, FINDING_SHAPES, type FindingCode, type FindingSeverity } from './finding.js';

/** Findings of one code that a report lists. */
export const FINDINGS_PER_CODE_MAX = 50;

const SEVERITIES: Readonly<Record<FindingCode, FindingSeverity>> = FINDING_SHAPES.finding_code.of;

export function finding(code: FindingCode, where: string, detail: string): Finding {
  return { code, severity: SEVERITIES[code], where, detail };
}

/** `code: detail (where)`, one line for a person. */
export function findingText({ code, detail, where }: Finding): string {
  return `${code}: ${detail} (${where})`;
}

export class FindingList {
  private readonly named: Finding[] = [];
  private readonly counts = new Map<FindingCode, number>();
  private readonly accepted: readonly FindingCode[];

  /** `accepted`: codes of errors that count as warnings (`--accept`). */
  constructor(accepted: readonly FindingCode[] = []) {
    this.accepted = accepted;
  }

  add(code: FindingCode, where: string, detail: string): void {
    const count = (this.counts.get(code) ?? 0) + 1;
    this.counts.set(code, count);
    if (count <= FINDINGS_PER_CODE_MAX) this.named.push(this.finding(code, where, detail));
  }

  countOf(code: FindingCode): number {
    return this.counts.get(code) ?? 0;
  }

  get hasError(): boolean {
    return this.named.some(({ severity }) => severity === 'error');
  }

  /** The listed findings, and for each code that was cut one more with the number left out. */
  all(): Finding[] {
    const cut = [...this.counts].filter(([, count]) => count > FINDINGS_PER_CODE_MAX);
    return [
      ...this.named,
      ...cut.map(([code, count]) =>
        this.finding(code, 'and more', `${count - FINDINGS_PER_CODE_MAX} more of this code`),
      ),
    ];
  }

  private finding(code: FindingCode, where: string, detail: string): Finding {
    const found = finding(code, where, detail);
    return this.accepted.includes(code) ? { ...found, severity: 'warning' } : found;
  }
}
