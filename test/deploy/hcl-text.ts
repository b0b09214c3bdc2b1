/** Reads blocks and their plain attributes from the text of deploy/, relying on the layout of terraform fmt. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/workdir.js';

export const deployFolder: string = join(projectRoot, 'deploy');

export interface TextBlock {
  readonly type: string;
  readonly labels: readonly string[];
  /** Everything between the braces. */
  readonly text: string;
}

export function deployText(name: string): string {
  return readFileSync(join(deployFolder, name), 'utf8');
}

/** Top-level blocks of all files, in order. */
export function deployBlocks(): TextBlock[] {
  const files = globSync('*.tf', { cwd: deployFolder }).sort();
  return files.flatMap((file) => {
    const blocks = [...deployText(file).matchAll(/^([a-z]+)((?: "[^"]+")*) \{\n([^]*?)^\}$/gm)];
    return blocks.map(([, type = '', labels = '', text = '']) => ({
      type,
      labels: [...labels.matchAll(/"([^"]+)"/g)].map(([, label = '']) => label),
      text,
    }));
  });
}

export function resourceText(type: string, name: string): string {
  const found = deployBlocks().find(({ labels }) => labels[0] === type && labels[1] === name);
  if (found === undefined) throw new Error(`no ${type}.${name} in deploy/`);
  return found.text;
}

/** The one-line expression of a block's own attribute. */
export function attributeOf(text: string, name: string): string | undefined {
  return new RegExp(`^ +${name} += (.+)$`, 'm').exec(text)?.[1];
}

/** Names of a map written as `name = { NAME = … }`. */
export function mapNames(text: string, name: string): string[] {
  const map = new RegExp(`^ +${name} += \\{\\n([^]*?)^ +\\}$`, 'm').exec(text)?.[1] ?? '';
  return [...map.matchAll(/^ +"?([A-Za-z_-]+)"? += /gm)].map(([, each = '']) => each);
}
