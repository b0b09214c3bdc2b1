/**
 * A fresh folder in which a test runs the built binary and reads its files. It knows nothing of bars
 * or chunks: names and bytes in, exit code, output and files out.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

export const projectRoot: string = resolve(import.meta.dirname, '../..');
export const binaryPath: string = join(projectRoot, 'dist/main.js');

/** Variables that a child inherits. The test gives all others (FLOWBARS_*, CLOUD_RUN_*, NO_COLOR, GOOGLE_*). */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot', 'NODE_COMPILE_CACHE'];

export interface RunOptions {
  /** Added to a nearly empty environment, in which TZ is UTC. */
  readonly env?: Readonly<Record<string, string>>;
  /** Written to standard input; without it standard input is empty. */
  readonly stdin?: string;
  /** The Node to run the binary with, by default the one that runs the tests. */
  readonly node?: string;
  /** Folder to start in, relative to the root of the workdir. */
  readonly folder?: string;
}

export interface RunResult {
  /** Undefined when a signal ended the process. */
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process that is still running, for tests that signal or kill it. */
export interface RunningProcess {
  readonly child: ChildProcess;
  readonly result: Promise<RunResult>;
}

export class Workdir {
  readonly root: string;
  private readonly children = new Set<ChildProcess>();

  constructor() {
    this.root = mkdtempSync(join(tmpdir(), 'flowbars-test-'));
  }

  /** Runs `flowbars ...args` to its end. */
  async run(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    return await this.start(args, options).result;
  }

  /** Starts `flowbars ...args`. */
  start(args: readonly string[], options: RunOptions = {}): RunningProcess {
    if (!existsSync(binaryPath)) {
      throw new Error(`${binaryPath}: found no file, expected the built binary (npm run build)`);
    }
    return this.spawn(options.node ?? process.execPath, [binaryPath, ...args], options);
  }

  /** Starts any program in this folder, with the environment that the binary would get. */
  spawn(program: string, args: readonly string[], options: RunOptions = {}): RunningProcess {
    const child = spawn(program, [...args], {
      cwd: this.path(options.folder ?? '.'),
      env: { ...inheritedEnvironment(), TZ: 'UTC', ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.children.add(child);
    child.once('exit', () => this.children.delete(child));
    // A child may end without reading its input, which closes the pipe.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.stdin ?? '');
    return { child, result: resultOf(child) };
  }

  /** Absolute path of a name in the workdir. */
  path(...names: readonly string[]): string {
    return join(this.root, ...names);
  }

  write(name: string, content: string | Uint8Array): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), content);
  }

  exists(name: string): boolean {
    return existsSync(this.path(name));
  }

  bytes(name: string): Uint8Array {
    return new Uint8Array(readFileSync(this.path(name)));
  }

  text(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  json(name: string): unknown {
    return JSON.parse(this.text(name));
  }

  remove(name: string): void {
    rmSync(this.path(name), { recursive: true, force: true });
  }

  /** Names of all files below a folder, relative to that folder, with `/`, in order. */
  files(folder = '.'): string[] {
    const base = this.path(folder);
    if (!existsSync(base)) return [];
    return readdirSync(base, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(base, name)).isFile())
      .map((name) => relative(base, join(base, name)).split(sep).join('/'))
      .sort();
  }

  /** Content of all files below a folder by name, to compare two folders byte for byte. */
  contents(folder = '.'): Map<string, string> {
    return new Map(
      this.files(folder).map((name) => [
        name,
        readFileSync(this.path(folder, name)).toString('latin1'),
      ]),
    );
  }

  /** Ends running children and removes the folder. */
  dispose(): void {
    for (const child of this.children) child.kill('SIGKILL');
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * Fresh workdirs with the same content, which is made for the first and copied, times and all, for
 * the others: for tests of one file that each start from the same recording or run.
 */
export function copiesOf(make: (workdir: Workdir) => Promise<void>): () => Promise<Workdir> {
  let made: Promise<Workdir> | undefined;
  const makeOnce = async (): Promise<Workdir> => {
    const original = new Workdir();
    await make(original);
    return original;
  };
  afterAll(async () => (await made)?.dispose());
  return async () => {
    made ??= makeOnce();
    const workdir = freshWorkdir();
    cpSync((await made).root, workdir.root, { recursive: true, preserveTimestamps: true });
    return workdir;
  };
}

/** A workdir that is gone when the test is over. */
export function freshWorkdir(): Workdir {
  const workdir = new Workdir();
  onTestFinished(() => workdir.dispose());
  return workdir;
}

function inheritedEnvironment(): Record<string, string> {
  const entries = INHERITED.map((name): [string, string | undefined] => [name, process.env[name]]);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

async function resultOf(child: ChildProcess): Promise<RunResult> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (bytes: Buffer) => stdout.push(bytes));
  child.stderr?.on('data', (bytes: Buffer) => stderr.push(bytes));
  return await new Promise((settle, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      settle({
        code: code ?? undefined,
        signal: signal ?? undefined,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      });
    });
  });
}
