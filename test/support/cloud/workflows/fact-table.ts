/** Facts as text: a line `# what (section mark)`, a source as it is deployed, and lines `> ` with its fate. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Fact {
  readonly title: string;
  readonly source: string;
  readonly fate: readonly string[];
}

export function factsIn(name: string): Fact[] {
  const text = readFileSync(join(import.meta.dirname, name), 'utf8');
  return text
    .split(/^(?=# )/mu)
    .filter((block) => block.startsWith('# '))
    .map((block) => {
      const [title = '', ...lines] = block.trimEnd().split('\n');
      return {
        title: title.slice(2),
        source: lines.filter((line) => !line.startsWith('> ')).join('\n'),
        fate: lines.filter((line) => line.startsWith('> ')).map((line) => line.slice(2)),
      };
    });
}
