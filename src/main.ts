#!/usr/bin/env node
/**
 * The bin: arguments and environment in, exit code out; the only exit and the only stack trace.
 * It imports nothing before it knows that this Node can read the rest.
 */

const NODE_MAJOR_MIN = 22;
const EXIT_USAGE = 2;
const EXIT_WORLD = 3;
/** EX_SOFTWARE of sysexits.h: a bug of flowbars, not a fault of the caller, the data or storage. */
const EXIT_BUG = 70;
/** Characters shown of a stack trace, whose message may quote a recording. */
const TRACE_CHARACTERS_MAX = 20_000;

process.stdout.on('error', endUnlessClosedPipe);
// stderr is gone, so there is nowhere to report that.
process.stderr.on('error', () => undefined);
process.on('uncaughtException', (error) => {
  printBug(error);
  process.exit(EXIT_BUG);
});
process.exitCode = await main();
await flushed(process.stdout);
await flushed(process.stderr);
process.exit();

async function main(): Promise<number> {
  const found = process.versions.node;
  if (Number.parseInt(found, 10) < NODE_MAJOR_MIN) {
    const expected = `v${NODE_MAJOR_MIN} or newer, as in: npx -y -p node@24 node ${program()} …`;
    process.stderr.write(
      `flowbars: ${process.execPath} version: found 'v${found}', expected ${expected}\n`,
    );
    return EXIT_USAGE;
  }
  try {
    const { runProgram } = await import('./cli/program.js');
    return await runProgram(process.argv.slice(2), process.env);
  } catch (error) {
    printBug(error);
    return EXIT_BUG;
  }
}

/** The path of this program as a shell reads it. */
function program(): string {
  const path = process.argv[1] ?? 'flowbars';
  return /^[\w./@:-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

function printBug(error: unknown): void {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const whole = trace.slice(0, TRACE_CHARACTERS_MAX);
  const sentence = 'this is a bug in flowbars, not in your data';
  const { CLOUD_RUN_JOB: job, CLOUD_RUN_TASK_INDEX: index } = process.env;
  if (job === undefined && index === undefined) {
    process.stderr.write(`flowbars: ${sentence}\n${whole}\n`);
    return;
  }
  // One JSON line, like every event there; Error Reporting looks for `stack_trace`.
  const [first = ''] = whole.split('\n');
  const message = `${sentence}: ${first}`;
  const line = { severity: 'ERROR', message, event: 'bug', stack_trace: whole };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

/** A closed pipe (`flowbars inspect … | head -1`) is not an error and does not end the work. */
function endUnlessClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  process.stderr.write(
    `flowbars: standard output write: found '${error.message}', expected all output written\n`,
  );
  process.exit(EXIT_WORLD);
}

/** Settles when all output is flushed: exit() drops what a pipe has not taken yet. */
async function flushed(stream: NodeJS.WriteStream): Promise<void> {
  await new Promise<void>((settle) => {
    stream.write('', () => settle());
  });
}
