/** Writes the files of one published symbol-day into another root, each in the asked formats under its own name. */
import type { Format } from '../../core/rule/products.js';
import { artifactName } from '../../core/stored/output-names.js';
import type { ExportedFile } from '../../core/typed/export-document.js';
import type { ExportDay, TextFileEntry } from '../../core/typed/export-plan.js';
import { readListed, readReport } from '../pattern/listed-file.js';
import { damagedDay, type ExportEffects, type ExportPart } from './export-effects.js';
import { typedFile } from './typed-file.js';

/** A day that is not stored as it is listed is left out as a whole; what was written of it stays. */
export async function exportDay(
  day: ExportDay,
  chosen: readonly TextFileEntry[],
  formats: readonly Format[],
  effects: ExportEffects,
): Promise<ExportPart> {
  const files: ExportedFile[] = [];
  if (chosen.length === 0) return { files, leftOut: [] };
  try {
    const { dataset } = await readReport({ ...day, ...day.entry }, effects);
    const subject = { ...day, dataset: dataset ?? undefined };
    for (const file of chosen) {
      const { kind, resolution, name: from } = file;
      const bytes = await readListed(file, 'manifest', effects);
      for (const format of formats) {
        const identity = { kind, resolution, format };
        const name = artifactName(day, identity);
        const made =
          format === 'csv'
            ? bytes
            : typedFile({ ...identity, name: from, bytes }, subject, effects.tables);
        files.push(
          await writtenFile({ day, name, format, days: 1, rows: file.rows }, made, effects),
        );
      }
    }
    return { files, leftOut: [] };
  } catch (error) {
    return { files, leftOut: [damagedDay(day, error)] };
  }
}

interface FileToWrite extends Pick<ExportedFile, 'name' | 'format' | 'days' | 'rows'> {
  readonly day: Pick<ExportDay, 'symbol'>;
}

/** Writes all bytes or none, and nothing where they are stored already. */
export async function writtenFile(
  { day: { symbol }, name, format, days, rows }: FileToWrite,
  bytes: Uint8Array,
  { into, codec }: ExportEffects,
): Promise<ExportedFile> {
  const { outcome } = await into.write(name, bytes, 'anything');
  const sha256 = codec.sha256(bytes);
  return { symbol, name, format, days, rows, bytes: bytes.length, sha256, outcome };
}
