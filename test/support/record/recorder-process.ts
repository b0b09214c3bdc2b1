/** `flowbars record` as a process: what it says in its log, what it takes of the machine, and ways to end it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { isDictionary, readJson } from '../../../src/core/unit/json.js';
import { binaryPath } from '../workdir.js';

type Event = Readonly<Record<string, unknown>>;

/** Clock ticks of the kernel in a second, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

export class RecorderProcess {
  readonly child: ChildProcess;
  readonly events: Event[] = [];
  readonly ended: Promise<number | null>;
  stderr = '';
  private readonly listeners = new Set<() => void>();

  constructor(
    folder: string,
    args: readonly string[],
    {
      env = {},
      imports = [],
    }: {
      readonly env?: Readonly<Record<string, string>>;
      readonly imports?: readonly string[];
    } = {},
  ) {
    const hooks = imports.flatMap((path) => ['--import', path]);
    this.child = spawn(process.execPath, [...hooks, binaryPath, 'record', ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', TZ: 'UTC', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (this.child.stdout !== null) {
      createInterface(this.child.stdout).on('line', (line) => this.heard(line));
    }
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = once(this.child, 'close').then(() => this.child.exitCode);
    void this.ended.then(() => this.tell());
  }

  /** The next event of this name, or the first one that there was. Rejects if the process ends without. */
  async said(name: string, isIt: (event: Event) => boolean = () => true): Promise<Event> {
    for (;;) {
      const found = this.events.find((event) => event['event'] === name && isIt(event));
      if (found !== undefined) return found;
      if (this.child.exitCode !== null || this.child.signalCode !== null) {
        throw new Error(`the recorder ended without '${name}': ${this.stderr}`);
      }
      await new Promise<void>((resolve) => {
        this.listeners.add(resolve);
      });
    }
  }

  /** As a crash: nothing is said to the process. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** As a service manager does; the exit code. */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM');
    return await this.ended;
  }

  /** CPU-seconds so far, and memory now, in bytes; Linux only. */
  usage(): { readonly cpuSeconds: number; readonly memoryBytes: number } {
    const stat = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    const [, kilobytes = '0'] = /VmRSS:\s+(\d+) kB/u.exec(status) ?? [];
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
      memoryBytes: Number(kilobytes) * 1_024,
    };
  }

  private heard(line: string): void {
    const event = readJson(line);
    if (!isDictionary(event)) throw new Error(`no JSON line: ${line}`);
    this.events.push(event);
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
    this.listeners.clear();
  }
}
