/** What a day is made into, from the texts of the command line. */
import {
  parseOutputs,
  type Products,
  type WantedFile,
  wantedFiles,
} from '../../../src/core/rule/products.js';
import { parseResolutions } from '../../../src/core/unit/resolution.js';

/** Bars alone unless it is said. */
export function productsFrom(resolutions: string, outputs = 'bars'): Products {
  return {
    resolutions: parseResolutions(resolutions, 'test'),
    outputs: parseOutputs(outputs, 'test'),
  };
}

/** The files of these products. */
export function wantedFrom(resolutions: string, outputs = 'bars'): WantedFile[] {
  return wantedFiles(productsFrom(resolutions, outputs));
}
