/** googleapis.storage.v1.objects.get: the metadata of one object, or its content. */
import { parsedOrUndefined } from '../expression/json-text.js';
import { isMap, textOrEmpty, type Value } from '../expression/values.js';
import { notModelled, raised } from '../run/workflow-errors.js';
import { type ConnectorAnswer, isJson, requestWithRetries } from './connector-request.js';
import type { Connector, ConnectorContext } from './connector.js';

/** For the whole call, retries included. */
const TIMEOUT_S = 1800;

export const objectsGet: Connector = {
  parameters: ['bucket', 'object', 'alt?'],
  check: (given, _at, refusals) => {
    const [object, alt] = [given.get('object'), given.get('alt')];
    const isSlashed = object?.kind === 'literal' && textOrEmpty(object.value).includes('/');
    if (isSlashed) refusals.refuse(object, "'object' is URL-encoded: use text.url_encode");
    const isOther = alt !== undefined && !(alt.kind === 'literal' && alt.value === 'media');
    if (isOther) refusals.refuse(alt, "'alt' other than the literal media: not modelled");
  },
  run: async (given, context) => {
    const base = context.urls.storage;
    if (base === undefined) throw notModelled('storage.googleapis.com: no address is configured');
    const [bucket, object] = [given.get('bucket'), given.get('object')];
    if (typeof bucket !== 'string' || typeof object !== 'string') {
      throw notModelled("'bucket' or 'object' that is not a string");
    }
    if (!/^(?:[\w.~-]|%[0-9A-F]{2})+$/u.test(object)) {
      throw notModelled(
        `'object' without URL encoding, for which the service answers 404: ${object}`,
      );
    }
    const query = given.has('alt') ? '?alt=media' : '';
    const url = `${base}/storage/v1/b/${encodeURIComponent(bucket)}/o/${object}${query}`;
    const deadlineMs = context.nowMs() + TIMEOUT_S * 1000;
    const answer = await requestWithRetries({ method: 'GET', url, deadlineMs }, context);
    return given.has('alt') ? contentOf(answer, context) : metadataOf(answer);
  },
};

function metadataOf({ bytes }: ConnectorAnswer): Value {
  const body = parsedOrUndefined(new TextDecoder().decode(bytes)) ?? null;
  if (isMap(body)) return body;
  throw raised('ResponseTypeError', 'ResponseTypeError: the answer is not a map');
}

function contentOf({ contentType, bytes }: ConnectorAnswer, { forms }: ConnectorContext): Value {
  if (!isJson(contentType)) throw notModelled(`content of type ${contentType}`);
  if (forms.mediaJson === 'bytes') return bytes;
  const text = new TextDecoder().decode(bytes);
  return forms.mediaJson === 'map' ? (parsedOrUndefined(text) ?? text) : text;
}
