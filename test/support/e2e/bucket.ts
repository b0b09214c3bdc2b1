/** Contents of a fake-gcs-server bucket, read without flowbars. */
import { request } from 'undici';
import { isDictionary } from '../../../src/core/unit/json.js';

export interface BucketObject {
  readonly generation: string;
  readonly contentType: string;
  /** One character for each byte. */
  readonly content: string;
}

/** Objects below a folder by their names in it. */
export async function bucketObjects(
  endpoint: string,
  bucket: string,
  folder: string,
): Promise<Map<string, BucketObject>> {
  const objectsUrl = `${endpoint}/storage/v1/b/${bucket}/o`;
  const listing: unknown = await (
    await request(`${objectsUrl}?prefix=${encodeURIComponent(`${folder}/`)}`)
  ).body.json();
  const items = isDictionary(listing) && Array.isArray(listing['items']) ? listing['items'] : [];
  const objects = new Map<string, BucketObject>();
  for (const item of items.filter((found: unknown) => isDictionary(found))) {
    const name = String(item['name']);
    const answer = await request(`${objectsUrl}/${encodeURIComponent(name)}?alt=media`);
    const content = Buffer.from(await answer.body.arrayBuffer()).toString('latin1');
    objects.set(name.slice(folder.length + 1), {
      generation: String(item['generation']),
      contentType: String(item['contentType']),
      content,
    });
  }
  return objects;
}

/** Bars, quality reports and day manifests; run records differ in each run. */
export function publishedObjects(
  objects: ReadonlyMap<string, BucketObject>,
): Map<string, BucketObject> {
  return new Map([...objects].filter(([name]) => !name.startsWith('_manifest/runs/')));
}

/** Objects rewritten between two listings. */
export function changedObjects(
  before: ReadonlyMap<string, BucketObject>,
  after: ReadonlyMap<string, BucketObject>,
): string[] {
  return [...after].flatMap(([name, { generation }]) =>
    before.get(name)?.generation === generation ? [] : [name],
  );
}
