/** Compares bars with Binance's official klines, for `flowbars check`. */
import { codec } from '../../edge/format/codec.js';
import { csvTables } from '../../edge/format/csv-table.js';
import { checkKlines } from '../../jobs/examine/check-klines.js';
import type { NamedFile } from '../../jobs/examine/read-named-file.js';
import { printCheck } from './check-page.js';
import { EXIT_GOOD, EXIT_NOT_GOOD } from '../command/exit-code.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { askedFormat, printOutput } from '../screen/output.js';
import { checkDocument } from '../../core/klines/check-document.js';
import { writeNamedPage } from './write-named-page.js';
import { openNamedFile } from './open-named-file.js';
import type { Given, Option } from '../option/option.js';
import { refuse } from '../../core/unit/typed-text.js';
import { dayRange, type TimeRange } from '../../core/unit/utc-date.js';
import { lastDays } from '../../core/plan/relative-days.js';
import type { Clock } from '../../jobs/ports.js';
import { gcsEndpointOption } from '../option/options.js';
import type { World } from '../command/command.js';
import {
  barsOption,
  checkLastOption,
  checkPageOption,
  fromOption,
  klinesOption,
  toOption,
} from './check.js';

export async function executeCheck(given: Given, world: World): Promise<number> {
  const { fromMs, toMs } = readRange(given, world.clock);
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs) {
    refuse('--to', 'instant', `'${given.text(toOption) ?? ''}'`, 'one after --from');
  }
  const asked = askedFormat(given) ?? 'table';
  const bars = openFiles(given, barsOption);
  const klines = openFiles(given, klinesOption);
  const request = { bars, klines, fromMs, toMs };
  const check = await checkKlines(request, { codec, tables: csvTables });
  await writeNamedPage(checkPageOption, 'check', () => checkDocument(check), given, world);
  const exitCode = check.good ? EXIT_GOOD : EXIT_NOT_GOOD;
  const page = (terminal: Terminal): void => printCheck(check, exitCode, terminal);
  printOutput({ document: check, rows: check.differences, page }, asked, world);
  return exitCode;
}

/** Both undefined: all minutes of the klines. */
function readRange(given: Given, clock: Clock): Partial<TimeRange> {
  const days = given.optional(checkLastOption);
  if (days === undefined) {
    const [fromMs, toMs] = [given.optional(fromOption), given.optional(toOption)];
    return { ...(fromMs === undefined ? {} : { fromMs }), ...(toMs === undefined ? {} : { toMs }) };
  }
  const { from, to } = lastDays(days, clock.nowMs());
  return { fromMs: dayRange(from).fromMs, toMs: dayRange(to).toMs };
}

function openFiles(given: Given, filesOption: Option<string[]>): NamedFile[] {
  const gcsEndpoint = given.optional(gcsEndpointOption);
  const uris = given.value(filesOption);
  return uris.map((uri) => openNamedFile(uri, `--${filesOption.name}`, gcsEndpoint));
}
