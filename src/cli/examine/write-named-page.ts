/** Writes a page to the file that a person named, whole or not at all, and says so. */
import { codec } from '../../edge/format/codec.js';
import type { World } from '../command/command.js';
import type { Given, Option } from '../option/option.js';
import { gcsEndpointOption } from '../option/options.js';
import { printLine } from '../screen/page.js';
import { openNamedFile } from './open-named-file.js';

/** Nothing if the option is not given. `pageOf` is not called before the place is known to be one for a file. */
export async function writeNamedPage(
  asked: Option<string>,
  pageOf: () => string,
  given: Given,
  { stderr }: Pick<World, 'stderr'>,
): Promise<void> {
  const uri = given.optional(asked);
  if (uri === undefined) return;
  const { store, name } = openNamedFile(uri, given.where(asked), given.optional(gcsEndpointOption));
  // Refuses a folder of that name.
  await store.read(name);
  const { outcome } = await store.write(name, codec.encode(pageOf()), 'anything');
  printLine(`page: ${uri}${outcome === 'unchanged' ? ', unchanged' : ''}`, stderr);
}
