/** A program in place of Python that speaks its protocol, or breaks it. */
import { chmodSync } from 'node:fs';
import { freshWorkdir, type Workdir } from '../workdir.js';
import { MADE_EVALUATION } from './made-evaluation.js';

/** What it does after it has read its request: statements of a Node script, in which `say`, `request` and `write` are there. */
export const WORKS = `
  say({ event: 'progress', done: 1, total: 2, what: 'lightgbm fold 1' });
  write(${JSON.stringify(JSON.stringify(MADE_EVALUATION))});
  say({ event: 'result', exit_code: 0, evaluation: request.into + '/evaluation.json' });
`;

/** The path of an executable that does `work`; what it was asked and given is in asked.json. */
export function fakePython(workdir: Workdir, work: string): string {
  workdir.write(
    'fake-python.mjs',
    `import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
    const request = JSON.parse(readFileSync(0, 'utf8'));
    const { argv, env } = process;
    writeFileSync(${JSON.stringify(workdir.path('asked.json'))}, JSON.stringify({ request, args: argv.slice(2), env }));
    const say = (event) => process.stdout.write(JSON.stringify(event) + '\\n');
    const write = (text) => {
      mkdirSync(request.into, { recursive: true });
      writeFileSync(request.into + '/evaluation.json', text);
    };
    ${work}\n`,
  );
  const program = workdir.path('fake-python');
  workdir.write(
    'fake-python',
    `#!/bin/sh\nexec '${process.execPath}' '${workdir.path('fake-python.mjs')}' "$@"\n`,
  );
  chmodSync(program, 0o755);
  return program;
}

/** A folder whose `dataset` has a card, of which a stand-in reads nothing. */
export function withDataset(): Workdir {
  const workdir = freshWorkdir();
  workdir.write('dataset/card.json', '{}');
  return workdir;
}
