/** Options that name the root of a site. */
import { parseResolutions, type Resolution } from '../../core/unit/resolution.js';
import { parseText } from '../../core/unit/typed-text.js';
import { option, type Option } from '../option/option.js';
import { RESOLUTION_WORDS } from '../option/options.js';

export const siteOption: Option<string> = option({
  name: 'site',
  env: 'FLOWBARS_SITE',
  group: 'Where:',
  help: 'in place of --page: a site of all published days, below a folder or gs://bucket/prefix',
  excludes: ['page', 'symbol'],
  parse: parseText,
});

/** The same for a run, whose last step writes it. */
const siteOfRunOption: Option<string> = option({
  ...siteOption,
  help: 'also write pages of the days that it publishes, below a folder or gs://bucket/prefix',
  defaultHelp: 'no pages',
});

/** A run has resolutions of its own, which say what is computed. */
export const siteResolutionsOption: Option<Resolution[]> = option({
  name: 'site-resolutions',
  env: 'FLOWBARS_SITE_RESOLUTIONS',
  group: 'How:',
  help: "rows on these pages, among the published ones; '1m' leaves the seconds out",
  defaultHelp: '1s,1m',
  words: RESOLUTION_WORDS,
  parse: parseResolutions,
});

/** What a run passes on to its last step. */
export const siteOfRunOptions: readonly Option<unknown>[] = [
  siteOfRunOption,
  siteResolutionsOption,
];
