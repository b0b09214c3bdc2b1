/** Asks a writer for the text of a report: one retry with the reasons, then the template. */
import type { FactSheet } from '../../core/analyst/fact/fact-sheet.js';
import { type Fallback, type Report, TEMPLATE_WRITER } from '../../core/analyst/report-parts.js';
import { checkText } from '../../core/analyst/text/check-text.js';
import { promptOf, type RefusedText } from '../../core/analyst/text/prompt.js';
import { reasonText } from '../../core/analyst/text/reasons.js';
import { templateText } from '../../core/analyst/text/template-text.js';
import { assert, FlowbarsError } from '../../core/unit/errors.js';
import type { Writer } from '../writer-ports.js';

/** Texts that a writer is asked for. */
export const WRITER_TEXTS_MAX = 2;

export interface AskedReport {
  readonly report: Report;
  /** Why the writer gave no text. */
  readonly error: FlowbarsError | undefined;
}

/** Without a writer the template writes. */
export async function askWriter(
  sheet: FactSheet,
  writer: Writer | undefined,
): Promise<AskedReport> {
  if (writer === undefined)
    return { report: byTemplate(sheet, undefined, TEMPLATE_WRITER), error: undefined };
  let refused: RefusedText | undefined;
  for (let texts = 1; texts <= WRITER_TEXTS_MAX; texts += 1) {
    let text: string;
    try {
      text = await writer.write(promptOf(sheet, refused));
    } catch (error) {
      if (!(error instanceof FlowbarsError)) throw error;
      // What was found may quote a server; what was expected are words of this project.
      const what = `${error.parts.what}: expected ${error.parts.expected}`;
      return { report: byTemplate(sheet, { kind: 'no_text', what }, writer.name), error };
    }
    const checked = checkText(text, sheet);
    if (checked.ok) {
      const { paragraphs } = checked;
      const { name } = writer;
      return {
        report: { sheet, paragraphs, writer: name, asked: name, fallback: undefined },
        error: undefined,
      };
    }
    refused = { text, reasons: checked.reasons };
  }
  const reasons = refused?.reasons ?? [];
  const fallback = { kind: 'refused', attempts: WRITER_TEXTS_MAX, reasons } as const;
  return { report: byTemplate(sheet, fallback, writer.name), error: undefined };
}

/** The template's text passes the same check. */
function byTemplate(sheet: FactSheet, fallback: Fallback | undefined, asked: string): Report {
  const checked = checkText(templateText(sheet), sheet);
  const why = checked.ok ? '' : checked.reasons.map(reasonText).join('; ');
  assert(checked.ok, `the text of the template passes the check: ${why}`);
  return { sheet, paragraphs: checked.paragraphs, writer: TEMPLATE_WRITER, asked, fallback };
}
