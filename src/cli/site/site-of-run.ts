/**
 * The pages after a run, in its last step. What goes wrong with them is an event and an exit code: it never changes
 * what the summary says of the data, which is stored by then.
 */
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { GoodRule } from '../../core/run/good.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { errorFields } from '../../edge/process/log.js';
import type { Effects, Store } from '../../jobs/ports.js';
import { writeRunSite } from '../../jobs/site/write-run-site.js';
import type { World } from '../command/command.js';
import { EXIT_GOOD, EXIT_WORLD } from '../command/exit-code.js';
import type { Given } from '../option/option.js';
import { openSite, siteWork } from './open-site.js';
import { siteResolutionsOption } from './site-options.js';

interface EndedRun {
  readonly symbolDays: readonly SymbolDay[];
  readonly goodRule: GoodRule;
  readonly roots: { readonly raw: Store; readonly out: Store };
  readonly effects: Effects;
}

/** EXIT_WORLD if storage failed, which a retry may mend; EXIT_GOOD without `--site`. */
export async function writeSiteOfRun(
  { symbolDays, goodRule, roots, effects }: EndedRun,
  given: Given,
  world: World,
): Promise<number> {
  const opened = openSite(given, roots);
  if (opened === undefined) return EXIT_GOOD;
  const { log } = effects;
  const { request, effects: writing } = siteWork(
    opened,
    effects,
    world,
    given.optional(siteResolutionsOption),
  );
  try {
    const site = await writeRunSite(
      {
        ...request,
        symbolDays,
        goodRule,
        onDone: () => undefined,
      },
      effects,
      writing,
    );
    for (const { symbol, date, outcome, detail } of site?.pages ?? []) {
      if (outcome === 'failed') log.event('WARNING', 'no_page', { symbol, date, detail });
    }
    if (site !== undefined) {
      const { written, unchanged, failed } = site;
      log.event('INFO', 'site_written', { site: site.site, written, unchanged, failed });
    }
    return EXIT_GOOD;
  } catch (error) {
    if (!(error instanceof FlowbarsError)) throw error;
    log.event('ERROR', 'site_failed', { site: opened.site.root, ...errorFields(error) });
    return EXIT_WORLD;
  }
}
