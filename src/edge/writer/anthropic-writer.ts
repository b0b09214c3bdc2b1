/** A writer behind Anthropic's Messages API. See https://platform.claude.com/docs/en/api/messages. */
import type { Writer } from '../../jobs/writer-ports.js';
import {
  joinedTexts,
  listOf,
  memberOf,
  notWhole,
  WRITER_TOKENS_MAX,
  type WriterOptions,
} from './answer-text.js';
import { postJson } from './post-json.js';
import { ANTHROPIC_KEY } from './writer-keys.js';

export const ANTHROPIC_ADDRESS = 'https://api.anthropic.com';
const API_VERSION = '2023-06-01';

export function anthropicWriter({
  model,
  url,
  key,
  clock,
  attemptMs,
}: WriterOptions & { readonly key: string }): Writer {
  const name = 'anthropic';
  return {
    name,
    write: async ({ rules, turns }) => {
      const answer = await postJson({
        where: name,
        url: `${url}/v1/messages`,
        headers: { 'x-api-key': key, 'anthropic-version': API_VERSION },
        body: {
          model,
          max_tokens: WRITER_TOKENS_MAX,
          temperature: 0,
          system: rules,
          messages: turns.map(({ role, text }) => ({ role, content: text })),
        },
        // Deprecated for newer models, which answer 400.
        optional: ['temperature'],
        secrets: [key],
        access: `a key that may use the model in ${ANTHROPIC_KEY}`,
        clock,
        attemptMs,
      });
      const reason = memberOf(answer, 'stop_reason');
      if (reason !== 'end_turn' && reason !== 'stop_sequence') {
        throw notWhole(name, reason, "a whole text, stop reason 'end_turn'");
      }
      // Thoughts are blocks of another type.
      const blocks = listOf(memberOf(answer, 'content'));
      return joinedTexts(blocks.filter((block) => memberOf(block, 'type') === 'text'));
    },
  };
}
