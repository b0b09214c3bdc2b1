/** `flowbars report`: a published symbol-day in words, every number of which is traced. */
import { oneOf, parseText, quoted, refuse, someOf } from '../../core/unit/typed-text.js';
import { REPORT_FORMATS, type ReportFormat } from '../../jobs/analyst/write-report.js';
import type { Command } from '../command/command.js';
import { dateOption, symbolOption } from '../option/operator-options.js';
import { flag, option } from '../option/option.js';
import * as options from '../option/options.js';

export const WRITERS = ['template', 'anthropic', 'vertex', 'openai'] as const;
export type WriterName = (typeof WRITERS)[number];

export const reportIntoOption = option({
  name: 'into',
  env: 'FLOWBARS_REPORT_INTO',
  group: 'Where:',
  help: 'root to write into: a folder or gs://bucket/prefix, apart from --out',
  defaultText: 'reports',
  parse: parseText,
});
export const reportRawOption = option({
  ...options.rawOption,
  help: 'raw root that the commands of the facts name; nothing of it is read',
});
export const modelDirOption = option({
  name: 'model-dir',
  env: 'FLOWBARS_MODEL_DIR',
  group: 'What:',
  help: 'also the verdicts on models: the folder that flowbars train wrote into',
  parse: parseText,
});
export const reportFormatsOption = option<readonly ReportFormat[]>({
  name: 'formats',
  env: 'FLOWBARS_REPORT_FORMATS',
  group: 'What:',
  help: `forms of the report: some of ${REPORT_FORMATS.join(',')}`,
  defaultText: REPORT_FORMATS.join(','),
  words: REPORT_FORMATS,
  parse: (text, where) => {
    const formats = someOf(REPORT_FORMATS)(text, where);
    if (formats.length > 0) return formats;
    return refuse(where, 'formats', quoted(text), `some of ${REPORT_FORMATS.join(', ')}`);
  },
});
export const factsOption = flag({
  name: 'facts',
  env: 'FLOWBARS_REPORT_FACTS',
  group: 'What:',
  help: 'also write the fact sheet, as SYMBOL/DATE_facts.json',
});
export const writerOption = option<WriterName>({
  name: 'writer',
  env: 'FLOWBARS_WRITER',
  group: 'How:',
  help: "who writes the text: 'template' (no network), or a language model, whose numbers are still printed from the facts",
  defaultText: 'template',
  words: WRITERS,
  parse: oneOf(WRITERS),
});
export const writerModelOption = option({
  name: 'writer-model',
  env: 'FLOWBARS_WRITER_MODEL',
  group: 'How:',
  help: 'name of the language model, as its service calls it',
  parse: (text, where) =>
    /^[A-Za-z0-9][\w.@:/-]{0,127}$/u.test(text)
      ? text
      : refuse(where, 'model', quoted(text), 'a name of letters, digits, . _ - @ : and /'),
});
export const writerUrlOption = option({
  name: 'writer-url',
  env: 'FLOWBARS_WRITER_URL',
  group: 'How:',
  help: 'address of the service: https, or http on this machine, such as http://127.0.0.1:8080/v1',
  defaultHelp: "the service's own",
  parse: parseText,
});

export const reportCommand: Command = {
  name: 'report',
  summary: 'write a published symbol-day in words, with every number traced',
  required: [{ option: options.outOption }, { option: symbolOption }, { option: dateOption }],
  options: [
    options.outOption,
    reportRawOption,
    reportIntoOption,
    options.gcsEndpointOption,
    symbolOption,
    dateOption,
    modelDirOption,
    reportFormatsOption,
    factsOption,
    writerOption,
    writerModelOption,
    writerUrlOption,
    ...options.outputOptions,
    options.noColorOption,
  ],
  examples: [
    {
      line: 'report --out aggregated --symbol BTCUSDT --date 2025-12-11',
      does: 'the report by the template, below reports',
    },
    {
      line: 'report --out aggregated --symbol BTCUSDT --date 2025-12-11 --writer anthropic --writer-model MODEL --facts',
      does: 'the same by a language model, with its key in ANTHROPIC_API_KEY',
    },
  ],
  exitCodes:
    '0 written, also where the check refused a text of the writer; 1 a file is not the listed one; 2 usage; 3 written by the template, since the writer gave no text',
  execute: async (given, world) => {
    const { executeReport } = await import('./execute-report.js');
    return await executeReport(given, world);
  },
};
