/** What a day is made into, from the texts of the command line. */
import {
  parseFormats,
  parseOutputs,
  type Products,
  type WantedFile,
  wantedFiles,
} from '../../../src/core/rule/products.js';
import { parseResolutions } from '../../../src/core/unit/resolution.js';

/** Bars alone, as csv, unless it is said. */
export function productsFrom(resolutions: string, outputs = 'bars', formats = 'csv'): Products {
  return {
    resolutions: parseResolutions(resolutions, 'test'),
    outputs: parseOutputs(outputs, 'test'),
    formats: parseFormats(formats, 'test'),
  };
}

/** The files of these products. */
export function wantedFrom(resolutions: string, outputs = 'bars'): WantedFile[] {
  return wantedFiles(productsFrom(resolutions, outputs));
}
