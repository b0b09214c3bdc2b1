/** Two trees of files compared name by name and byte by byte, and a golden tree written on demand. */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** One line for each file that differs from the golden tree. */
export function differences(
  golden: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>,
): string[] {
  const names = [...new Set([...golden.keys(), ...found.keys()])].sort();
  return names.flatMap((name) => {
    const expected = golden.get(name);
    const content = found.get(name);
    if (content === undefined) return [`missing: ${name}`];
    if (expected === undefined) return [`unexpected: ${name}`];
    return content === expected ? [] : [`different: ${name} ${firstDifference(expected, content)}`];
  });
}

/** Replaces a golden tree by the named files of another; never on a build server. */
export function writeGolden(from: string, names: readonly string[], to: string): void {
  if (process.env['CI'] !== undefined)
    throw new Error('UPDATE_GOLDEN with CI: golden files are written by hand');
  rmSync(to, { recursive: true, force: true });
  for (const name of names) {
    mkdirSync(join(to, name, '..'), { recursive: true });
    cpSync(join(from, name), join(to, name));
  }
}

export function treeBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
}

export function treeContents(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(folder, name), 'latin1')]));
}

function firstDifference(expected: string, found: string): string {
  const expectedLines = expected.split('\n');
  const foundLines = found.split('\n');
  const index = expectedLines.findIndex((line, number) => line !== foundLines[number]);
  const line = index < 0 ? expectedLines.length : index;
  return `line ${line + 1}: found '${foundLines[line] ?? ''}', expected '${expectedLines[line] ?? ''}'`;
}
