/** `flowbars view`: a published symbol-day as a page to look at. */
import { parseResolutions } from '../../core/unit/resolution.js';
import { parseText, quoted, refuse } from '../../core/unit/typed-text.js';
import type { Command } from '../command/command.js';
import { parseSymbols } from '../option/option-forms.js';
import { type Given, option } from '../option/option.js';
import * as options from '../option/options.js';
import { siteOption } from '../site/site-options.js';
import { siteChoiceOptions, symbolsOption } from './site-choice.js';
import { publishedRoot } from '../pattern/published-options.js';
import { workflowOption, workflowsEndpointOption } from '../option/operator-options.js';

export const symbolOption = option({
  name: 'symbol',
  env: 'FLOWBARS_SYMBOL',
  group: 'What:',
  help: 'one symbol',
  parse: (text, where) => {
    const symbols = parseSymbols(text, where);
    const [symbol, ...more] = symbols === 'all' ? [] : symbols;
    return symbol === undefined || more.length > 0
      ? refuse(where, 'symbol', quoted(text), 'one symbol, such as BTCUSDT')
      : symbol;
  },
});
export const fromOption = option({
  ...options.fromOption,
  help: 'first UTC day: YYYY-MM-DD, yesterday, or first published',
  defaultHelp: 'yesterday; with --site 30 days up to --to',
});
export const toOption = option({
  ...options.toOption,
  help: 'last UTC day, inclusive: YYYY-MM-DD, yesterday, or last published',
  defaultHelp: 'same as --from; with --site yesterday',
});
export const resolutionsOption = option({
  name: options.resolutionsOption.name,
  env: options.resolutionsOption.env,
  group: 'What:',
  help: "rows on the page, among the published ones; '1m' leaves the seconds out",
  defaultHelp: '1s,1m',
  words: options.RESOLUTION_WORDS,
  parse: parseResolutions,
});
export const pageOption = option({
  name: 'page',
  env: 'FLOWBARS_PAGE',
  group: 'Where:',
  help: 'file to write: a path or gs://bucket/name',
  defaultHelp: 'SYMBOL_DATE.html here',
  parse: parseText,
});

export const viewCommand: Command = {
  name: 'view',
  summary: 'write published days of a symbol as one page to look at',
  required: [publishedRoot, { option: symbolOption, unless: siteOption }],
  options: [
    options.outOption,
    workflowOption,
    workflowsEndpointOption,
    options.gcsEndpointOption,
    pageOption,
    siteOption,
    symbolOption,
    ...siteChoiceOptions,
    fromOption,
    toOption,
    options.lastOption,
    resolutionsOption,
    ...options.outputOptions,
    options.noColorOption,
  ],
  examples: [
    {
      line: 'view --out aggregated --symbol BTCUSDT --from 2025-12-11',
      does: 'a day as BTCUSDT_2025-12-11.html',
    },
    {
      line: 'view --out gs://b/aggregated --symbol BTCUSDT --last 7d --resolutions 1m --page week.html',
      does: 'a week without its seconds',
    },
    {
      line: 'view --out aggregated --last 30d --site pages',
      does: 'a site of all symbols, with pages/index.html as the first page',
    },
  ],
  execute: async (given, world) => {
    if (given.text(siteOption) !== undefined) {
      const { executeSite } = await import('./write-calendar-site.js');
      return await executeSite(given, world);
    }
    refuseSymbols(given);
    const { executeView } = await import('./write-view.js');
    return await executeView(given, world);
  },
};

/** A page is of one symbol. A variable may be meant for other commands. */
function refuseSymbols(given: Given): void {
  const [text, where] = [given.text(symbolsOption), given.where(symbolsOption)];
  if (text === undefined || !where.startsWith('--')) return;
  refuse(where, 'option', quoted(text), `--${symbolOption.name}, or it with --${siteOption.name}`);
}
