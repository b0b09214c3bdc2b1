/** Options of the commands that write a site. */
import { parseText } from '../../core/unit/typed-text.js';
import { option, type Option } from '../option/option.js';
import { allowEmptyOption, coverageMinOption } from '../option/options.js';
import { symbolsOption as knownSymbolsOption } from '../status/status.js';

const symbolsOption = option({
  ...knownSymbolsOption,
  help: `${knownSymbolsOption.help}; with --site`,
});
export const siteOption: Option<string> = option({
  name: 'site',
  env: 'FLOWBARS_SITE',
  group: 'Where:',
  help: 'in place of --page: a site of all published days, below a folder or gs://bucket/prefix',
  excludes: ['page', 'symbol'],
  parse: parseText,
});

/** Which days the site shows, and by which rule they are good. */
export const siteChoiceOptions: readonly Option<unknown>[] = [
  symbolsOption,
  coverageMinOption,
  allowEmptyOption,
];

/** The same for a run, whose last step writes it. */
export const siteOfRunOption: Option<string> = option({
  ...siteOption,
  help: 'also write the pages of the days that it publishes, below a folder or gs://bucket/prefix',
  defaultHelp: 'no pages',
});
