/** The command that runs a script of the bench, which may import the product's sources. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const IMPORTS = pathToFileURL(
  join(import.meta.dirname, '../../test/support/typescript-imports.ts'),
).href;

export function typescriptCommand(folder: string, script: string): string[] {
  return [process.execPath, '--import', IMPORTS, join(folder, script)];
}
