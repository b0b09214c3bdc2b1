/** Lists what a raw root holds, for `flowbars ls`. */
import { hasSymbolFirst } from '../../core/rule/layout.js';
import { openStore } from '../../edge/store-root.js';
import { isPatterns } from '../../core/plan/symbol-pattern.js';
import { patternSymbols } from '../../jobs/plan/pattern-symbols.js';
import { resolveSymbols } from '../../jobs/plan/symbols.js';
import { refuseUnknown } from '../../jobs/plan/unknown-symbol.js';
import { listRecording } from '../../jobs/recorded/list-recording.js';
import { rootHint } from '../../jobs/recorded/say-what-lies.js';
import { EXIT_GOOD, EXIT_NOT_GOOD } from '../command/exit-code.js';
import type { Terminal } from '../../edge/process/terminal.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import { dayOf, type SaidDay } from '../../core/plan/relative-days.js';
import type { Clock } from '../../jobs/ports.js';
import { typedRoot } from '../compute/named-roots.js';
import { askedFormat, printOutput } from '../screen/output.js';
import { printLine } from '../screen/page.js';
import * as options from '../option/options.js';
import { printRecording } from './ls-page.js';
import type { World } from '../command/command.js';
import { declaredGiven } from '../command/declared-given.js';
import type { Given } from '../option/option.js';
import { fromOption, symbolsOption, toOption } from './ls.js';

export async function executeLs(given: Given, world: World): Promise<number> {
  const gcsEndpoint = given.optional(options.gcsEndpointOption);
  const raw = typedRoot('--raw', openStore(given.value(options.rawOption), { gcsEndpoint }));
  const declared = await declaredGiven(given, raw);
  const layout = {
    rawLayout: declared.value(options.rawLayoutOption),
    streamNames: declared.value(options.streamNamesOption),
  };
  const asked = given.value(symbolsOption);
  const place = { where: '--symbols', among: `folder in ${raw.root}` };
  const choice = isPatterns(asked) ? patternSymbols(asked, await raw.folders(), place) : asked;
  if (choice !== 'all') await refuseUnknown({ symbols: choice, layout, allowEmpty: [] }, raw);
  const search = {
    layout,
    symbols: choice === 'all' ? undefined : choice,
    from: dayIn(given.optional(fromOption), world.clock),
    to: dayIn(given.optional(toOption), world.clock),
  };
  const recording = await listRecording(search, raw);
  if (recording.symbol_days === 0 && hasSymbolFirst(layout.rawLayout)) {
    // Throws an error that says what lies there, if no folder is a symbol.
    await resolveSymbols(choice, layout, raw);
  }
  const hint = recording.symbol_days === 0 ? await rootHint(layout, raw) : undefined;
  const page = (terminal: Terminal): void => printRecording(recording, terminal);
  printOutput({ document: recording, rows: recording.symbols, page }, askedFormat(given), world);
  if (hint !== undefined) printLine(hint, world.stderr);
  return recording.symbol_days === 0 ? EXIT_NOT_GOOD : EXIT_GOOD;
}

function dayIn(said: SaidDay | undefined, clock: Clock): UtcDate | undefined {
  return said && dayOf(said, clock.nowMs());
}
