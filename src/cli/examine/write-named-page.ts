/** Writes a page to the file that a person named, whole or not at all, and says so. */
import { isPageOf, type PageCommand } from '../../core/page/document.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { codec } from '../../edge/format/codec.js';
import type { Store } from '../../jobs/ports.js';
import type { World } from '../command/command.js';
import type { Given, Option } from '../option/option.js';
import { gcsEndpointOption } from '../option/options.js';
import { printLine } from '../screen/page.js';
import { openNamedFile } from './open-named-file.js';

/** Nothing if the option is not given. `pageOf` is not called before the place is known to be one for a page. */
export async function writeNamedPage(
  asked: Option<string>,
  command: PageCommand,
  pageOf: () => string,
  given: Given,
  { stderr }: Pick<World, 'stderr'>,
): Promise<void> {
  const uri = given.optional(asked);
  if (uri === undefined) return;
  const where = given.where(asked);
  const { store, name } = openNamedFile(uri, where, given.optional(gcsEndpointOption));
  await refuseOther({ store, name, uri, command, where });
  const { outcome } = await store.write(name, codec.encode(pageOf()), 'anything');
  printLine(`page: ${uri}${outcome === 'unchanged' ? ', unchanged' : ''}`, stderr);
}

export interface PagePlace {
  readonly store: Store;
  readonly name: string;
  /** The file as it was typed. */
  readonly uri: string;
  readonly command: PageCommand;
  /** The option. */
  readonly where: string;
}

/** A page of the command is written again; any other file stays, above all chunks and published files. */
export async function refuseOther({ store, name, uri, command, where }: PagePlace): Promise<void> {
  const found = await store.read(name);
  if (found === undefined || isPageOf(command, codec.decode(found.bytes))) return;
  throw new FlowbarsError('usage', {
    where,
    what: `file '${uri}'`,
    found: `something other than a page of flowbars ${command}`,
    expected: 'a new name, or a page that may be replaced',
  });
}
