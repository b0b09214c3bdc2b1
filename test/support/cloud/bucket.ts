/** Reads a bucket of the storage emulator over its JSON API. */
import { request } from 'undici';
import { isDictionary } from '../../../src/core/unit/json.js';
import type { FakeGcsServer } from '../gcs/fake-gcs-server.js';

const LISTED_MAX = 100_000;

/** Generations by object name, in order. */
export async function generations(
  gcs: FakeGcsServer,
  bucket: string,
  prefix = '',
): Promise<Map<string, string>> {
  const query = new URLSearchParams({ prefix, maxResults: String(LISTED_MAX) }).toString();
  const answer = await request(`${gcs.endpoint}/storage/v1/b/${bucket}/o?${query}`);
  const listing: unknown = await answer.body.json();
  const items: unknown = isDictionary(listing) ? (listing['items'] ?? []) : [];
  if (!Array.isArray(items)) throw new Error(`no listing of ${bucket}`);
  const entries = items.map((item: unknown): [string, string] =>
    isDictionary(item) ? [String(item['name']), String(item['generation'])] : ['', ''],
  );
  return new Map(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** The text of an object. Throws when there is none. */
export async function objectText(
  gcs: FakeGcsServer,
  bucket: string,
  name: string,
): Promise<string> {
  const path = `/storage/v1/b/${bucket}/o/${encodeURIComponent(name)}?alt=media`;
  const answer = await request(`${gcs.endpoint}${path}`);
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`${bucket}/${name}: ${answer.statusCode} ${text}`);
  return text;
}

export async function objectJson(
  gcs: FakeGcsServer,
  bucket: string,
  name: string,
): Promise<unknown> {
  return JSON.parse(await objectText(gcs, bucket, name));
}
