/** `flowbars status`: a calendar of published symbol-days, and whether all are good. */
import type { Command } from '../command/command.js';
import { workflowOption, workflowsEndpointOption } from '../option/operator-options.js';
import { flag, type Option, option } from '../option/option.js';
import * as options from '../option/options.js';
import { htmlOption } from '../option/page-option.js';

export const liveOption = flag({
  name: 'live',
  env: 'FLOWBARS_LIVE',
  group: 'How:',
  help: 'compare with the raw root (--raw); takes eight listings a symbol-day',
});
export const symbolsOption = option({
  ...options.symbolsOption,
  help: "A,B or a JSON list, or 'all': every known symbol",
  defaultHelp: "all, with the deployment's list",
});
/** Without a default: reports of published days name the layout of their recording. */
export const rawLayoutOption = option({
  name: options.rawLayoutOption.name,
  env: options.rawLayoutOption.env,
  group: options.rawLayoutOption.group,
  help: 'chunk names below the raw root, for unpublished symbol-days',
  defaultHelp: 'as in the published days',
  parse: options.rawLayoutOption.parse,
});

/** As for rawLayoutOption. */
export const streamNamesOption = option({
  name: options.streamNamesOption.name,
  env: options.streamNamesOption.env,
  group: options.streamNamesOption.group,
  help: 'folder names of the streams, for unpublished symbol-days',
  defaultHelp: 'as in the published days',
  parse: options.streamNamesOption.parse,
});
const fromOption = option({ ...options.fromOption, defaultHelp: '30 days up to --to' });
const toOption = option({ ...options.toOption, defaultHelp: 'yesterday' });

export const calendarPageOption: Option<string> = htmlOption(
  'FLOWBARS_STATUS_HTML',
  'also write the calendar as a page',
);

/** Options that give the days and the layout. */
const dayOptions: readonly Option<unknown>[] = [
  rawLayoutOption,
  streamNamesOption,
  fromOption,
  toOption,
  options.recordedOption,
];

export const statusCommand: Command = {
  name: 'status',
  summary: 'show a calendar of published, missing, failed and stale symbol-days',
  required: [{ option: options.outOption, unless: workflowOption }],
  options: [
    options.outOption,
    options.rawOption,
    workflowOption,
    workflowsEndpointOption,
    ...dayOptions,
    options.gcsEndpointOption,
    symbolsOption,
    options.lastOption,
    options.coverageMinOption,
    options.allowEmptyOption,
    liveOption,
    ...options.outputOptions,
    calendarPageOption,
    options.noColorOption,
  ],
  examples: [
    { line: 'status --out aggregated', does: 'show the last 30 days, from the manifests alone' },
    {
      line: 'status --out aggregated --raw raw --live --from 2025-12-01',
      does: 'compare with the raw root as it is now',
    },
    {
      line: 'status --out aggregated --last 90d --html calendar.html',
      does: 'write the calendar as a page, too',
    },
  ],
  execute: async (given, world) => {
    const { executeStatus } = await import('./show-status.js');
    return await executeStatus(given, world);
  },
};
