/** Compares a file with the checksum that the archive publishes beside it: `<sha256>  <name>`. */
import { FlowbarsError } from '../../core/unit/errors.js';
import type { SourceFile } from '../ports.js';

const CHECKSUM_PATTERN = /^([0-9a-f]{64})\s+\*?(\S+)\s*$/i;
const SHOWN_CHARACTERS = 40;

/** Does nothing for a file that has none. */
export async function verifyChecksum(file: SourceFile): Promise<void> {
  const text = await file.checksumText();
  if (text === undefined) return;
  const where = `${file.path}.CHECKSUM`;
  const [, wanted, name] = CHECKSUM_PATTERN.exec(text) ?? [];
  const refuse = (what: string, found: string, expected: string): never => {
    throw new FlowbarsError('data', { where, what, found, expected });
  };
  if (wanted === undefined) {
    return refuse(
      'content',
      `'${text.slice(0, SHOWN_CHARACTERS)}'`,
      'a sha256 and the name of the file',
    );
  }
  const own = file.path.slice(file.path.search(/[^/\\]*$/u));
  if (name !== own) refuse('name', `'${name}'`, `'${own}'`);
  const found = await file.sha256();
  if (found !== wanted.toLowerCase()) {
    refuse('sha256', found, `${wanted} (download the file again)`);
  }
}
