/** What a day is made into, as options: kinds of files and their formats. */
import {
  FILE_FORMATS,
  OUTPUTS,
  parseFormats,
  parseOutputs,
  USUAL_PRODUCTS,
} from '../../core/rule/products.js';
import { option } from './option.js';

export const outputsOption = option({
  name: 'outputs',
  env: 'FLOWBARS_OUTPUTS',
  group: 'What:',
  help: `kinds of files: some of ${OUTPUTS.join(',')}`,
  defaultHelp: 'all; patterns need 1s among the resolutions',
  words: OUTPUTS,
  parse: parseOutputs,
});
export const formatsOption = option({
  name: 'formats',
  env: 'FLOWBARS_FORMATS',
  group: 'What:',
  help: 'formats of these files: csv, or csv,parquet',
  defaultText: USUAL_PRODUCTS.formats.join(','),
  words: FILE_FORMATS,
  parse: parseFormats,
});
