/**
 * A writer behind the chat completions that OpenAI began and many servers speak, also on this machine. See
 * https://platform.openai.com/docs/api-reference/chat/create.
 */
import type { Writer } from '../../jobs/writer-ports.js';
import { memberOf, notWhole, WRITER_TOKENS_MAX, type WriterOptions } from './answer-text.js';
import { postJson } from './post-json.js';
import { OPENAI_KEY } from './writer-keys.js';

export const OPENAI_ADDRESS = 'https://api.openai.com/v1';

/** `key`: undefined for a server on this machine that asks for none. */
export function openaiWriter({
  model,
  url,
  key,
  clock,
  attemptMs,
}: WriterOptions & { readonly key: string | undefined }): Writer {
  const name = 'openai';
  return {
    name,
    write: async ({ rules, turns }) => {
      const answer = await postJson({
        where: name,
        url: `${url}/chat/completions`,
        headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
        body: {
          model,
          temperature: 0,
          max_completion_tokens: WRITER_TOKENS_MAX,
          messages: [
            { role: 'system', content: rules },
            ...turns.map(({ role, text }) => ({ role, content: text })),
          ],
        },
        // Models that reason refuse a temperature, older servers the newer name of the limit.
        optional: ['temperature', 'max_completion_tokens'],
        secrets: key === undefined ? [] : [key],
        access: `a key that may use the model in ${OPENAI_KEY}`,
        clock,
        attemptMs,
      });
      const message = memberOf(answer, 'choices', 0, 'message');
      const reason = memberOf(answer, 'choices', 0, 'finish_reason');
      const expected = "a whole text, finish reason 'stop'";
      const refusal = memberOf(message, 'refusal');
      // Some servers send an empty one with every text.
      if (typeof refusal === 'string' && refusal !== '') throw notWhole(name, 'refusal', expected);
      const text = memberOf(message, 'content');
      if (reason !== 'stop' || typeof text !== 'string') throw notWhole(name, reason, expected);
      return text;
    },
  };
}
