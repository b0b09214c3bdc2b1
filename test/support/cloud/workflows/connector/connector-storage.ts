/** googleapis.storage.v1.objects.get: one object's metadata or content. */
import type { Connector, ConnectorArguments, ConnectorContext } from './connector.js';
import {
  type ConnectorAnswer,
  isJson,
  parsedOrUndefined,
  requestWithRetries,
} from './connector-request.js';
import { CONNECTOR_TIMEOUT_S_DEFAULT } from '../run/limits.js';
import { isMap, type Value } from '../expression/values.js';
import { notModelled, raised } from '../run/workflow-errors.js';

export const objectsGet: Connector = {
  parameters: [...required('bucket', 'object'), ...optional('alt', 'generation')],
  check: (given, at, refusals) => {
    const [object, alt] = [given.get('object'), given.get('alt')];
    const isSlashed =
      object?.kind === 'literal' && typeof object.value === 'string' && object.value.includes('/');
    if (isSlashed) refusals.refuse(object, "'object' is URL-encoded: use text.url_encode");
    const isOther = alt !== undefined && !(alt.kind === 'literal' && alt.value === 'media');
    if (isOther) refusals.refuse(alt, "'alt' other than the literal media: not modelled");
    if (object?.kind === 'list') refusals.refuse(at, "'object' is a string");
  },
  run: async (given, context) => {
    const object = textOf(given, 'object');
    if (!/^(?:[A-Za-z0-9_.~-]|%[0-9A-F]{2})+$/u.test(object)) {
      throw notModelled(`'object' is not URL-encoded, so that the service answers 404: ${object}`);
    }
    const answer = await get(`/o/${object}`, given, ['alt', 'generation'], context);
    return given.has('alt') ? contentOf(answer, context) : metadataOf(answer);
  },
};

function required(...names: string[]): { name: string; isOptional: boolean }[] {
  return names.map((name) => ({ name, isOptional: false }));
}

function optional(...names: string[]): { name: string; isOptional: boolean }[] {
  return names.map((name) => ({ name, isOptional: true }));
}

async function get(
  path: string,
  given: ConnectorArguments,
  names: readonly string[],
  context: ConnectorContext,
): Promise<ConnectorAnswer> {
  const base = context.urls.storage;
  if (base === undefined) throw notModelled('storage.googleapis.com: no address is configured');
  const query = new URLSearchParams();
  for (const name of names) if (given.has(name)) query.set(name, textOf(given, name));
  const bucket = encodeURIComponent(textOf(given, 'bucket'));
  const suffix = query.size === 0 ? '' : `?${query.toString()}`;
  return requestWithRetries(
    {
      method: 'GET',
      url: `${base}/storage/v1/b/${bucket}${path}${suffix}`,
      deadlineMs: context.nowMs() + CONNECTOR_TIMEOUT_S_DEFAULT * 1000,
    },
    context,
  );
}

function textOf(given: ConnectorArguments, name: string): string {
  const value = given.get(name) ?? null;
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return value;
  throw notModelled(`the connector argument '${name}' that is neither a string nor an integer`);
}

function metadataOf({ bytes }: ConnectorAnswer): Value {
  const body = parsedOrUndefined(new TextDecoder().decode(bytes)) ?? null;
  if (isMap(body)) return body;
  throw raised('ResponseTypeError', 'ResponseTypeError: the answer is not a map');
}

function contentOf({ contentType, bytes }: ConnectorAnswer, { forms }: ConnectorContext): Value {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (isJson(contentType)) {
    if (forms.mediaJson === 'bytes') return bytes;
    return forms.mediaJson === 'map' ? (parsedOrUndefined(text) ?? text) : text;
  }
  return contentType.startsWith('text/') ? text : bytes;
}
