/** Names of chunks in a table: without the folder that all of them share, which is said once. */

export interface ObjectNames {
  /** With its `/`; empty if they share none. */
  readonly folder: string;
  readonly short: (object: string) => string;
}

export function objectNames(objects: readonly string[]): ObjectNames {
  const [first = ''] = objects;
  let folder = first.slice(0, first.lastIndexOf('/') + 1);
  while (folder !== '' && !objects.every((object) => object.startsWith(folder))) {
    folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
  }
  return { folder, short: (object) => object.slice(folder.length) };
}
