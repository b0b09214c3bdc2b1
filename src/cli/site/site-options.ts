/** Options that name the root of a site. */
import { parseText } from '../../core/unit/typed-text.js';
import { option, type Option } from '../option/option.js';

export const siteOption: Option<string> = option({
  name: 'site',
  env: 'FLOWBARS_SITE',
  group: 'Where:',
  help: 'in place of --page: a site of all published days, below a folder or gs://bucket/prefix',
  excludes: ['page', 'symbol'],
  parse: parseText,
});

/** The same for a run, whose last step writes it. */
export const siteOfRunOption: Option<string> = option({
  ...siteOption,
  help: 'also write pages of the days that it publishes, below a folder or gs://bucket/prefix',
  defaultHelp: 'no pages',
});
