/** stub */
import { pageDocument } from '../page/document.js';
import { html } from '../page/html.js';
import type { Evaluation } from './evaluation-shape.js';
export function evaluationPage({
  command,
}: {
  evaluation: Evaluation;
  command: 'train' | 'evaluate';
  sha256: string;
}): string {
  return pageDocument({ command, title: '', body: html`` });
}
