/** The seam to whoever writes the text of a report, as ports.ts has the others. */
import type { Prompt } from '../core/analyst/text/prompt.js';

export interface Writer {
  /** `anthropic`, `vertex`, `openai`; a word of this project, for the report. */
  readonly name: string;
  /**
   * The text for the facts of the prompt, with slots in place of numbers; nobody trusts it. Throws FlowbarsErrors of
   * kind `world` or `blocked`, whose `expected` is fit for a report; no error holds a key.
   */
  write(prompt: Prompt): Promise<string>;
}
