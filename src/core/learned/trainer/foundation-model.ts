/** Reads how a person names a foundation model: `chronos-bolt:FOLDER`. */
import { closestName } from '../../unit/closest-name.js';
import { quoted, refuse } from '../../unit/typed-text.js';
import { FOUNDATION_KINDS, type FoundationModel } from './train-request.js';

/** Throws a usage error. */
export function parseFoundationModel(
  text: string,
  where: string,
): Pick<FoundationModel, 'kind' | 'source'> {
  const at = text.indexOf(':');
  const named = at < 0 ? text : text.slice(0, at);
  const kind = FOUNDATION_KINDS.find((one) => one === named);
  const source = text.slice(named.length + 1);
  if (kind !== undefined && source !== '') return { kind, source };
  const close = closestName(named, FOUNDATION_KINDS) ?? FOUNDATION_KINDS[0];
  const expected = `a kind and a folder or hub id, such as ${close}:models/bolt-tiny (kinds: ${FOUNDATION_KINDS.join(', ')})`;
  return refuse(where, 'foundation model', quoted(text), expected);
}
