/** Options of the commands that write a site. */
import { parseText } from '../../core/unit/typed-text.js';
import { option, type Option } from '../option/option.js';

export const siteOption: Option<string> = option({
  name: 'site',
  env: 'FLOWBARS_SITE',
  group: 'Where:',
  help: 'root of the pages: a folder or gs://bucket/prefix',
  parse: parseText,
});

/** The same for a run, whose last step writes it. */
export const siteOfRunOption: Option<string> = option({
  ...siteOption,
  help: 'also write the pages of the days that it publishes, below a folder or gs://bucket/prefix',
  defaultHelp: 'no pages',
});
