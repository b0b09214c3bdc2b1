/**
 * A writer behind generateContent of Vertex AI. See
 * https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference.
 */
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

export interface VertexOptions extends WriterOptions {
  readonly project: string;
  readonly location: string;
  /** Headers that sign a request; none for an address that is not Google's. */
  readonly signedHeaders: (url: string) => Promise<Record<string, string>>;
}

/** Google's own address for a location. */
export function vertexAddress(location: string): string {
  const host = 'aiplatform.googleapis.com';
  return location === 'global' ? `https://${host}` : `https://${location}-${host}`;
}

export function vertexWriter(options: VertexOptions): Writer {
  const { model, url, project, location, clock, attemptMs } = options;
  const name = 'vertex';
  const place = [
    'projects',
    project,
    'locations',
    location,
    'publishers',
    'google',
    'models',
    model,
  ];
  const address = `${url}/v1/${place.map(encodeURIComponent).join('/')}:generateContent`;
  return {
    name,
    write: async ({ rules, turns }) => {
      const headers = await options.signedHeaders(address);
      const answer = await postJson({
        where: name,
        url: address,
        headers,
        body: {
          systemInstruction: { parts: [{ text: rules }] },
          contents: turns.map(({ role, text }) => ({
            role: role === 'user' ? 'user' : 'model',
            parts: [{ text }],
          })),
          generationConfig: {
            temperature: 0,
            maxOutputTokens: WRITER_TOKENS_MAX,
            candidateCount: 1,
          },
        },
        optional: [],
        secrets: Object.values(headers).flatMap((value) => value.split(' ')),
        access: 'Application Default Credentials with the permission aiplatform.endpoints.predict',
        clock,
        attemptMs,
      });
      const expected = "a whole text, finish reason 'STOP'";
      const blocked = memberOf(answer, 'promptFeedback', 'blockReason');
      const reason = memberOf(answer, 'candidates', 0, 'finishReason');
      if (blocked !== undefined || reason !== 'STOP')
        throw notWhole(name, blocked ?? reason, expected);
      const parts = listOf(memberOf(answer, 'candidates', 0, 'content', 'parts'));
      return joinedTexts(parts.filter((part) => memberOf(part, 'thought') !== true));
    },
  };
}
