/**
 * Marks a file with the process that made it, and tells whether the process of a mark still runs. A
 * process id is not enough: after a restart another process, even this one, may have it.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { errnoOf } from './local-error.js';

export interface ProcessMark {
  readonly pid: number;
  /** The place where this process id is valid. */
  readonly place: string;
  /** Start of the process in ticks since boot; 0 if the system does not say. */
  readonly startTicks: number;
}

/** unknown: a process of another place, or possibly another process with the same id. */
export type ProcessState = 'running' | 'gone' | 'unknown';

/** Fields of /proc/PID/stat behind the name in parentheses (man 5 proc_pid_stat: 3 and 22). */
const STATE_FIELD = 0;
const START_FIELD = 19;

/** Containers may share a host name and a boot; the namespace then distinguishes their process ids. */
const OWN_PLACE: string = createHash('sha256')
  .update(hostname())
  .update(orEmpty(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')))
  .update(orEmpty(() => readlinkSync('/proc/self/ns/pid')))
  .digest('hex')
  .slice(0, 8);

export const OWN_MARK: ProcessMark = {
  pid: process.pid,
  place: OWN_PLACE,
  startTicks: startTicksIn(statFields(orEmpty(() => readFileSync('/proc/self/stat', 'utf8')))),
};

/** For any process but this one. */
export async function stateOf(mark: ProcessMark): Promise<ProcessState> {
  if (mark.place !== OWN_PLACE) return 'unknown';
  if (!isProcess(mark.pid)) return 'gone';
  const fields = statFields(await readFile(`/proc/${mark.pid}/stat`, 'utf8').catch(() => ''));
  // A zombie: dead, but not reaped by its parent, which may never happen.
  if (fields[STATE_FIELD] === 'Z') return 'gone';
  const startTicks = startTicksIn(fields);
  if (startTicks === 0 || mark.startTicks === 0) return 'unknown';
  return startTicks === mark.startTicks ? 'running' : 'gone';
}

function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs as another user.
    return errnoOf(error) !== 'ESRCH';
  }
}

/** The process name itself may hold spaces and parentheses. */
function statFields(stat: string): readonly string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function startTicksIn(fields: readonly string[]): number {
  return Number(fields[START_FIELD] ?? 0);
}

/** /proc may be absent or incomplete. */
function orEmpty(read: () => string): string {
  try {
    return read();
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return '';
  }
}
