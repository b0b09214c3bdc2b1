/** Starts another process of this program and forwards its output lines. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface ChildEnd {
  /** Undefined if a signal ended the process or it could not be started. */
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
}

export interface Child {
  /** Settles when the process has ended and its last line was forwarded; never rejects. */
  readonly ended: Promise<ChildEnd>;
  /** SIGTERM: asks it to end. */
  readonly stop: () => void;
  /** SIGKILL: ends it. */
  readonly kill: () => void;
}

export interface ChildLines {
  readonly onStdout: (line: string) => void;
  readonly onStderr: (line: string) => void;
}

/** Characters of a line that are forwarded; a longer line is cut. */
export const CHILD_LINE_CHARACTERS_MAX = 1_000_000;

const PROGRAM_PATH = fileURLToPath(new URL('../../main.js', import.meta.url));

/** `flowbars ...args` with exactly this environment, run by the same Node. */
export function startFlowbars(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  lines: ChildLines,
): Child {
  return startChild(process.execPath, [PROGRAM_PATH, ...args], environment, lines);
}

/** `input`: all that it reads on its standard input. */
export function startChild(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  lines: ChildLines,
  input = '',
): Child {
  const child = spawn(program, [...args], {
    env: { ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A process may end without reading it, which closes the pipe.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const ended = new Promise<ChildEnd>((settle) => {
    child.once('error', (error) => {
      lines.onStderr(error.message);
      settle({ exitCode: undefined, signal: undefined });
    });
    child.once('close', (code, signal) =>
      settle({ exitCode: code ?? undefined, signal: signal ?? undefined }),
    );
  });
  createInterface({ input: child.stdout }).on('line', (line) => lines.onStdout(cut(line)));
  createInterface({ input: child.stderr }).on('line', (line) => lines.onStderr(cut(line)));
  return { ended, stop: () => child.kill('SIGTERM'), kill: () => child.kill('SIGKILL') };
}

function cut(line: string): string {
  return line.length > CHILD_LINE_CHARACTERS_MAX ? line.slice(0, CHILD_LINE_CHARACTERS_MAX) : line;
}
