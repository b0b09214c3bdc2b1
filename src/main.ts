#!/usr/bin/env node
/**
 * The bin: arguments and environment in, exit code out; the only exit and the only stack trace.
 * It imports nothing before it knows that this Node can read the rest.
 */

const NODE_MAJOR_MIN = 22;
const EXIT_USAGE = 2;
const EXIT_WORLD = 3;
/** EX_SOFTWARE of sysexits.h: we are wrong, not the caller, the data or the world. */
const EXIT_BUG = 70;
/** Of a stack trace that is shown; its message may quote a recording. */
const TRACE_CHARACTERS_MAX = 20_000;

process.stdout.on('error', endUnlessClosedPipe);
// Nobody is left to tell that the messages cannot be written.
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
    process.stderr.write(
      `flowbars: ${process.execPath} version: found 'v${found}', expected v${NODE_MAJOR_MIN} or newer\n`,
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

function printBug(error: unknown): void {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const whole = trace.slice(0, TRACE_CHARACTERS_MAX);
  const sentence = 'this is a bug of flowbars, not of your data';
  const { CLOUD_RUN_JOB: job, CLOUD_RUN_TASK_INDEX: index } = process.env;
  if (job === undefined && index === undefined) {
    process.stderr.write(`flowbars: ${sentence}\n${whole}\n`);
    return;
  }
  // As every event there, one JSON line; Error Reporting looks for a field of this name.
  const [first = ''] = whole.split('\n');
  const message = `${sentence}: ${first}`;
  const line = { severity: 'ERROR', message, event: 'bug', stack_trace: whole };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

/** A reader that has seen enough (`flowbars inspect … | head -1`) is no error, and ends no work. */
function endUnlessClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  process.stderr.write(
    `flowbars: standard output write: found '${error.message}', expected all of it written\n`,
  );
  process.exit(EXIT_WORLD);
}

/** Settles when all that was written has left: exit() drops what a pipe has not taken yet. */
async function flushed(stream: NodeJS.WriteStream): Promise<void> {
  await new Promise<void>((settle) => {
    stream.write('', () => settle());
  });
}
