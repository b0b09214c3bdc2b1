/** Suggests an existing folder for a path that does not exist. */
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { closestName } from '../../core/unit/closest-name.js';

/** The path with misspelt names replaced by those of the closest folders; undefined if one is like no other. */
export function nearestFolder(path: string): string | undefined {
  if (isFolder(path)) return path;
  const parent = dirname(path);
  const place = parent === path ? undefined : nearestFolder(parent);
  if (place === undefined) return undefined;
  const name = basename(path);
  const closest = isFolder(join(place, name)) ? name : closestName(name, foldersOf(place));
  return closest === undefined ? undefined : join(place, closest);
}

function foldersOf(path: string): string[] {
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
