/** Writes the files of one published symbol-day into another root, each in the asked formats under its own name. */
import type { Format } from '../../core/rule/products.js';
import { artifactName } from '../../core/stored/output-names.js';
import type { ExportedFile } from '../../core/typed/export-document.js';
import type { ExportDay, TextFileEntry } from '../../core/typed/export-plan.js';
import { readListed, readReport } from '../pattern/listed-file.js';
import { damagedDay, type ExportEffects, type ExportPart } from './export-effects.js';
import { typedFile } from './typed-file.js';

/** A day of which one file is not stored as it is listed is left out as a whole: all are read before the first is written. */
export async function exportDay(
  day: ExportDay,
  chosen: readonly TextFileEntry[],
  formats: readonly Format[],
  effects: ExportEffects,
): Promise<ExportPart> {
  if (chosen.length === 0) return { files: [], leftOut: [] };
  try {
    const made = await filesOfDay(day, chosen, formats, effects);
    const files: ExportedFile[] = [];
    for (const { bytes, ...file } of made) files.push(await writtenFile(file, bytes, effects));
    return { files, leftOut: [] };
  } catch (error) {
    return { files: [], leftOut: [damagedDay(day, error)] };
  }
}

/** Throws a FlowbarsError of kind `data` unless each of the files, and the report, is stored as it is listed. */
export async function verifyDay(
  day: ExportDay,
  chosen: readonly TextFileEntry[],
  effects: ExportEffects,
): Promise<void> {
  if (chosen.length === 0) return;
  await readReport({ ...day, ...day.entry }, effects);
  for (const file of chosen) await readListed(file, 'manifest', effects);
}

async function filesOfDay(
  day: ExportDay,
  chosen: readonly TextFileEntry[],
  formats: readonly Format[],
  effects: ExportEffects,
): Promise<(FileToWrite & { readonly bytes: Uint8Array })[]> {
  const { dataset } = await readReport({ ...day, ...day.entry }, effects);
  const subject = { ...day, dataset: dataset ?? undefined };
  const texts: { readonly file: TextFileEntry; readonly bytes: Uint8Array }[] = [];
  for (const file of chosen) {
    texts.push({ file, bytes: await readListed(file, 'manifest', effects) });
  }
  return texts.flatMap(({ file: { kind, resolution, name, rows }, bytes }) =>
    formats.map((format) => {
      const identity = { kind, resolution, format };
      const exact = { ...identity, name, bytes };
      return {
        day,
        name: artifactName(day, identity),
        format,
        days: 1,
        rows,
        bytes: format === 'csv' ? bytes : typedFile(exact, subject, effects.tables),
      };
    }),
  );
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
