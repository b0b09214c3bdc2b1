/** Collects findings in order: lists a limited number of each code and counts the rest. */
import { thousands } from '../unit/words.js';
import { type Finding, FINDING_SHAPES, type FindingCode, type FindingSeverity } from './finding.js';

/** Findings of one code that a report lists. */
export const FINDINGS_PER_CODE_MAX = 50;
/** Different reasons for one code that are counted one by one; chunks with further ones are counted together. */
export const REASONS_PER_CODE_MAX = 50;

const SEVERITIES: Readonly<Record<FindingCode, FindingSeverity>> = FINDING_SHAPES.finding_code.of;

export function finding(code: FindingCode, where: string, detail: string): Finding {
  return { code, severity: SEVERITIES[code], where, detail };
}

/** `1,440 chunks: `, as a counted finding begins. */
const COUNTED_PATTERN = /^[\d,]+ chunks: /u;

/** `code: detail (where)`, one line for a person; of counted chunks `where` is the first. */
export function findingText({
  code,
  detail,
  where,
}: Pick<Finding, 'detail' | 'where'> & { readonly code: string }): string {
  const place = COUNTED_PATTERN.test(detail) ? `; first ${where}` : ` (${where})`;
  return `${code}: ${detail}${place}`;
}

/** Why a chunk cannot be used; chunks of a stream with one reason are counted in one finding. */
export interface ChunkReason {
  readonly stream: string;
  readonly what: string;
  readonly found: string;
  readonly expected: string;
}

interface CountedChunks {
  readonly code: FindingCode;
  /** The first chunk in reading order. */
  readonly first: string;
  readonly reason: ChunkReason;
  count: number;
}

export class FindingList {
  private readonly named: Finding[] = [];
  private readonly counted = new Map<string, CountedChunks>();
  private readonly counts = new Map<FindingCode, number>();
  private readonly omitted = new Map<FindingCode, number>();
  private readonly accepted: readonly FindingCode[];

  /** `accepted`: codes of errors that count as warnings (`--accept`). */
  constructor(accepted: readonly FindingCode[] = []) {
    this.accepted = accepted;
  }

  add(code: FindingCode, where: string, detail: string): void {
    const count = this.count(code);
    if (count <= FINDINGS_PER_CODE_MAX) this.named.push(this.finding(code, where, detail));
    else this.omit(code);
  }

  /** One more chunk with this reason. */
  addChunk(code: FindingCode, chunk: string, reason: ChunkReason): void {
    this.addCounted({ code, first: chunk, reason, count: 1 });
  }

  /** True if some findings are no longer told apart. */
  get hasOmitted(): boolean {
    return this.omitted.size > 0;
  }

  /** Adds the findings of the chunks after these; none of them is omitted. */
  merge(next: this): void {
    for (const { code, where, detail } of next.named) this.add(code, where, detail);
    for (const chunks of next.counted.values()) this.addCounted(chunks);
  }

  private addCounted({ code, first, reason, count }: CountedChunks): void {
    this.count(code, count);
    const { stream, what, found, expected } = reason;
    const key = JSON.stringify([code, stream, what, found, expected]);
    const known = this.counted.get(key);
    if (known !== undefined) known.count += count;
    else if (this.reasonsOf(code) < REASONS_PER_CODE_MAX) {
      this.counted.set(key, { code, first, reason, count });
    } else this.omit(code, count);
  }

  /** Of counted chunks their number, not that of their reasons. */
  countOf(code: FindingCode): number {
    return this.counts.get(code) ?? 0;
  }

  get hasError(): boolean {
    return this.named.some(({ severity }) => severity === 'error');
  }

  /** Counted chunks first, by their number; then the other listed findings, and for each code that was cut one more with the number left out. */
  all(): Finding[] {
    const counted = [...this.counted.values()].toSorted((a, b) => b.count - a.count);
    return [
      ...counted.map(countedFinding),
      ...this.named,
      ...[...this.omitted].map(([code, count]) =>
        this.finding(code, 'and more', `${thousands(count)} more of this code`),
      ),
    ];
  }

  private finding(code: FindingCode, where: string, detail: string): Finding {
    const found = finding(code, where, detail);
    return this.accepted.includes(code) ? { ...found, severity: 'warning' } : found;
  }

  private count(code: FindingCode, more = 1): number {
    const count = this.countOf(code) + more;
    this.counts.set(code, count);
    return count;
  }

  private omit(code: FindingCode, count = 1): void {
    this.omitted.set(code, (this.omitted.get(code) ?? 0) + count);
  }

  private reasonsOf(code: FindingCode): number {
    return [...this.counted.values()].filter((chunks) => chunks.code === code).length;
  }
}

function countedFinding({ code, first, reason, count }: CountedChunks): Finding {
  const { what, found, expected } = reason;
  const head = count === 1 ? '' : `${thousands(count)} chunks: `;
  return finding(code, first, `${head}${what}: found ${found}, expected ${expected}`);
}
