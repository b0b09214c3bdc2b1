/** A recomputed file of a symbol-day beside what is listed and what is stored, and what follows from that. */
import type { RecomputedOutcome } from '../../core/score/pattern-documents.js';
import { isSameBytes } from '../../core/unit/same-bytes.js';
import type { Effects, StoredContent } from '../ports.js';
import { firstDifference } from './first-difference.js';

export interface RecomputedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** SHA-256 by the report; undefined if it does not list the file. */
  readonly listedSha256: string | undefined;
}

export interface ComparedFile extends RecomputedFile {
  readonly stored: StoredContent | undefined;
  /** `lost`: listed or not, it is not stored as recomputed. */
  readonly state: 'same' | 'lost' | 'unlisted' | 'unlisted_lost' | 'differs';
}

/** Characters of a differing line that are quoted. */
const LINE_CHARACTERS = 160;

export async function compareFile(
  file: RecomputedFile,
  { out, codec }: Pick<Effects, 'out' | 'codec'>,
): Promise<ComparedFile> {
  const { name, bytes, listedSha256 } = file;
  const stored = await out.read(name);
  const isStored = stored !== undefined && isSameBytes(stored.bytes, bytes);
  const compared = (state: ComparedFile['state']): ComparedFile => ({ ...file, stored, state });
  if (listedSha256 === undefined) return compared(isStored ? 'unlisted' : 'unlisted_lost');
  if (codec.sha256(bytes) !== listedSha256) return compared('differs');
  return compared(isStored ? 'same' : 'lost');
}

export function isLost({ state }: ComparedFile): boolean {
  return state === 'lost' || state === 'unlisted_lost';
}

/** Of a lost file: something else is stored under its name. */
function isDamaged({ stored }: ComparedFile): boolean {
  return stored !== undefined;
}

/** One file that differs leaves all of them as they are. `isCheck`: nothing is written. */
export function outcomeOf(files: readonly ComparedFile[], isCheck: boolean): RecomputedOutcome {
  const has = (state: ComparedFile['state']): boolean => files.some((file) => file.state === state);
  if (has('differs')) return 'differs';
  const lost = files.filter(isLost);
  if (isCheck && lost.some(isDamaged)) return 'damaged';
  if (isCheck && lost.length > 0) return 'missing';
  if (has('unlisted') || has('unlisted_lost')) return 'made';
  return has('lost') ? 'restored' : 'same';
}

/** Why the files are not the same, and what was done; empty if they are. */
export function detailOf(
  files: readonly ComparedFile[],
  outcome: RecomputedOutcome,
  codec: Pick<Effects['codec'], 'decode'>,
): string {
  const details = files.flatMap((file) => fileDetail(file, outcome, codec) ?? []);
  const isListed = files.every(({ state }) => !state.startsWith('unlisted'));
  if (isListed) return details.join('; ');
  const beside = outcome === 'made' ? ['stored beside, and not listed'] : [];
  return ['published without patterns', ...beside, ...details].join('; ');
}

function fileDetail(
  file: ComparedFile,
  outcome: RecomputedOutcome,
  codec: Pick<Effects['codec'], 'decode'>,
): string | undefined {
  const { name, bytes, stored, state } = file;
  if (state === 'differs') return `${name}: ${differenceText(bytes, stored, codec)}`;
  if (!isLost(file)) return undefined;
  const was = isDamaged(file) ? 'damaged' : 'missing';
  if (outcome === 'restored') return `restored: ${name}, which was ${was}`;
  if (outcome === 'made') return `written: ${name}`;
  // That an unlisted file is missing is said of the day.
  return state === 'unlisted_lost' && was === 'missing' ? undefined : `${was}: ${name}`;
}

function differenceText(
  bytes: Uint8Array,
  stored: StoredContent | undefined,
  { decode }: Pick<Effects['codec'], 'decode'>,
): string {
  if (stored === undefined) return 'it is missing, and recomputed it is not what the report lists';
  const difference = firstDifference(decode(stored.bytes), decode(bytes));
  if (difference === undefined) return 'stored as recomputed, and the report lists another content';
  const { line, one, other } = difference;
  return `line ${line} is stored as ${quoted(one)}, recomputed as ${quoted(other)}`;
}

function quoted(line: string | undefined): string {
  if (line === undefined) return 'nothing';
  return line.length > LINE_CHARACTERS ? `'${line.slice(0, LINE_CHARACTERS)}…'` : `'${line}'`;
}
