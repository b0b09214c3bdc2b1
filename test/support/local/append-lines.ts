/** Child process: appends lines to one object by read, change, write; prints how often it lost a race. */
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { openLocalStore } from '../../../src/edge/local/local-store.js';

const [root = '', name = '', writer = '', rounds = ''] = process.argv.slice(2);
const store = openLocalStore(root);
let conflicts = 0;

async function append(line: string): Promise<boolean> {
  const content = await store.read(name);
  const text = new TextDecoder().decode(content?.bytes);
  try {
    const replaces = content === undefined ? 'nothing' : { content };
    await store.write(name, new TextEncoder().encode(`${text}${line}\n`), replaces);
    return true;
  } catch (error) {
    if (!(error instanceof FlowbarsError) || error.kind !== 'conflict') throw error;
    conflicts += 1;
    return false;
  }
}

for (let round = 0; round < Number(rounds);) {
  if (await append(`${writer} ${round}`)) round += 1;
}
process.stdout.write(String(conflicts));
