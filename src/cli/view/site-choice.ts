/** Options of a site: which symbols it shows, and by which rule their days are good. */
import { option, type Option } from '../option/option.js';
import { allowEmptyOption, coverageMinOption } from '../option/options.js';
import { symbolsOption as knownSymbolsOption } from '../status/status.js';

export const symbolsOption = option({
  ...knownSymbolsOption,
  help: `${knownSymbolsOption.help}; with --site`,
});

export const siteChoiceOptions: readonly Option<unknown>[] = [
  symbolsOption,
  coverageMinOption,
  allowEmptyOption,
];
