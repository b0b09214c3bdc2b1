/**
 * Checks deploy/ against the published schema of Google's provider, without a cloud and without the provider:
 *   node test/support/deploy/check.ts [--only format,types,newest,security,scripts] [FOLDER]
 * Exits 1 when it finds something, and on CI also when a part could not run.
 */
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';

// The sources import built names: the hook must load before them.
await import(new URL('../typescript-imports.ts', import.meta.url).href);
const { STEPS } = await import('./steps.js');
const USAGE = `usage: node test/support/deploy/check.ts [--only ${[...STEPS.keys()].join(',')}] [FOLDER]`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const chosen = new Set(STEPS.keys());
  let folder = resolve(import.meta.dirname, '../../../deploy');
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? '';
    if (argument === '--only') {
      index += 1;
      const names = (args[index] ?? '').split(',');
      if (!names.every((name) => STEPS.has(name))) return refuse(args[index] ?? '');
      for (const name of STEPS.keys()) if (!names.includes(name)) chosen.delete(name);
    } else if (argument.startsWith('-')) {
      return refuse(argument);
    } else {
      folder = resolve(argument);
      if (!existsSync(folder)) return refuse(argument);
    }
  }
  const isCi = ['CI', 'FLOWBARS_REQUIRE_EMULATORS'].some(
    (name) => (process.env[name] ?? '') !== '',
  );
  const shown = relative(process.cwd(), folder);
  const prefix = shown === '' || shown.startsWith('..') ? folder : shown;
  let isGood = true;
  for (const [name, step] of STEPS) {
    if (!chosen.has(name)) continue;
    const begin = performance.now();
    const outcome = await step(folder);
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    if (outcome.kind !== 'done') {
      print(`== ${name}: skipped, ${outcome.reason}`);
      if (isCi && outcome.kind === 'skipped') isGood = false;
      continue;
    }
    const { findings, saw } = outcome;
    for (const finding of findings) print(`${prefix}/${finding}`);
    const { length: count } = findings;
    const verdict = count === 0 ? 'good' : `${count} ${count === 1 ? 'finding' : 'findings'}`;
    print(`== ${name}: ${verdict}: ${saw} (${seconds} s)`);
    if (findings.length > 0) isGood = false;
  }
  return isGood ? 0 : 1;
}

function refuse(found: string): number {
  process.stderr.write(`check: found '${found}', expected an option of: ${USAGE}\n`);
  return 2;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
