/** Writes the report of a symbol-day and says who wrote it, for `flowbars report`. */
import { reasonText } from '../../core/analyst/text/reasons.js';
import { writerLines } from '../../core/analyst/report-parts.js';
import { SCHEMA_VERSION } from '../../core/shape/shape.js';
import { dayOf } from '../../core/plan/relative-days.js';
import { refuse } from '../../core/unit/typed-text.js';
import { codec } from '../../edge/format/codec.js';
import { csvTables } from '../../edge/format/csv-table.js';
import { openStore, rootsOverlap } from '../../edge/store-root.js';
import { writeReport, type WrittenReport } from '../../jobs/analyst/write-report.js';
import type { Store } from '../../jobs/ports.js';
import type { World } from '../command/command.js';
import { EXIT_GOOD, EXIT_WORLD } from '../command/exit-code.js';
import { inTypedRoot, typedRoot } from '../compute/named-roots.js';
import { dateOption, symbolOption } from '../option/operator-options.js';
import type { Given } from '../option/option.js';
import { gcsEndpointOption, outOption } from '../option/options.js';
import { askedFormat, printOutput } from '../screen/output.js';
import { printFolded } from '../screen/page.js';
import { shellWord } from '../screen/shell-word.js';
import { printClosing } from '../screen/verdict.js';
import { openWriter } from './open-writer.js';
import {
  factsOption,
  modelDirOption,
  reportFormatsOption,
  reportIntoOption,
  reportRawOption,
} from './report.js';

export async function executeReport(given: Given, world: World): Promise<number> {
  const symbol = given.value(symbolOption);
  const date = dayOf(given.value(dateOption), world.clock.nowMs());
  const gcsEndpoint = given.optional(gcsEndpointOption);
  const out = typedRoot('--out', openStore(given.value(outOption), { gcsEndpoint }));
  const into = openInto(given, out);
  const raw = given.optional(reportRawOption);
  const modelDir = given.optional(modelDirOption);
  const writer = await openWriter(given, world);
  const writing = writeReport(
    {
      symbol,
      date,
      formats: given.value(reportFormatsOption),
      withFacts: given.value(factsOption),
      roots: {
        out: shellWord(out.root),
        raw: raw === undefined ? undefined : shellWord(raw),
        models: shellWord(modelDir ?? ''),
      },
    },
    {
      out,
      into,
      codec,
      tables: csvTables,
      writer,
      models: modelDir === undefined ? undefined : openStore(modelDir, { gcsEndpoint }),
    },
  );
  const written = await inTypedRoot(`--${reportIntoOption.name}`, into, writing);
  printWritten(written, into.root, given, world);
  return written.error === undefined ? EXIT_GOOD : EXIT_WORLD;
}

/** A root of its own: a report must never stand in for what was published. */
function openInto(given: Given, out: Store): Store {
  const into = given.value(reportIntoOption);
  if (rootsOverlap(out.root, into)) {
    const expected = 'two roots, neither inside the other';
    refuse(
      `--${reportIntoOption.name}`,
      'root',
      `'${into}' with output root '${out.root}'`,
      expected,
    );
  }
  return openStore(into, { gcsEndpoint: given.optional(gcsEndpointOption) });
}

function printWritten(
  { report, files, error }: WrittenReport,
  root: string,
  given: Given,
  world: World,
): void {
  const { sheet, writer, asked, fallback, paragraphs } = report;
  const document = {
    schema_version: SCHEMA_VERSION,
    symbol: sheet.symbol,
    date: sheet.date,
    into: root,
    files,
    facts: sheet.facts.length,
    asked_writer: asked,
    writer,
    refused: fallback?.kind === 'refused' ? fallback.reasons.map(reasonText) : [],
    writer_error: error === undefined ? null : error.message,
  };
  const exitCode = error === undefined ? EXIT_GOOD : EXIT_WORLD;
  printOutput(
    {
      document,
      rows: [document],
      page: (terminal) => {
        for (const paragraph of paragraphs) {
          printFolded(paragraph, terminal);
          terminal.write('\n');
        }
        for (const line of writerLines(report)) printFolded(line, terminal);
        if (error !== undefined) printFolded(error.message, terminal);
        terminal.write('\n');
      },
      closing: (terminal) => {
        const by =
          writer === asked ? `by the writer ${writer}` : `by the ${writer}, not by ${asked}`;
        printClosing(
          exitCode,
          `${files.map((file) => `${root}/${file}`).join(', ')}; ${by}`,
          terminal,
          'written',
        );
      },
    },
    askedFormat(given),
    world,
  );
}
