/** Opens the writer that the options name; its key comes from a variable. */
import { FlowbarsError, unreachable } from '../../core/unit/errors.js';
import { ANTHROPIC_ADDRESS, anthropicWriter } from '../../edge/writer/anthropic-writer.js';
import { OPENAI_ADDRESS, openaiWriter } from '../../edge/writer/openai-writer.js';
import { vertexAddress, vertexWriter } from '../../edge/writer/vertex-writer.js';
import { writerAddress } from '../../edge/writer/writer-address.js';
import {
  ANTHROPIC_KEY,
  GOOGLE_LOCATION,
  GOOGLE_PROJECT,
  neededVariable,
  OPENAI_KEY,
  writerKey,
} from '../../edge/writer/writer-keys.js';
import type { Writer } from '../../jobs/writer-ports.js';
import type { World } from '../command/command.js';
import type { Given } from '../option/option.js';
import { writerModelOption, writerOption, writerUrlOption } from './report.js';

/** Undefined for the template. Throws usage errors. */
export async function openWriter(
  given: Given,
  { environment, clock }: World,
): Promise<Writer | undefined> {
  const name = given.value(writerOption);
  if (name === 'template') {
    refuseIdle(given);
    return undefined;
  }
  const model = given.value(writerModelOption);
  const [asked, where] = [given.optional(writerUrlOption), given.where(writerUrlOption)];
  switch (name) {
    case 'anthropic': {
      const { url } = writerAddress(asked ?? ANTHROPIC_ADDRESS, where);
      const key = neededVariable(environment, ANTHROPIC_KEY, 'a key');
      return anthropicWriter({ model, url, key, clock });
    }
    case 'openai': {
      const { url, isLoopback } = writerAddress(asked ?? OPENAI_ADDRESS, where);
      const key = isLoopback
        ? writerKey(environment, OPENAI_KEY)
        : neededVariable(environment, OPENAI_KEY, 'a key');
      return openaiWriter({ model, url, key, clock });
    }
    case 'vertex': {
      const project = neededVariable(environment, GOOGLE_PROJECT, 'a project');
      const location = writerKey(environment, GOOGLE_LOCATION) ?? 'global';
      refuseOddLocation(location);
      const { url } = writerAddress(asked ?? vertexAddress(location), where);
      const { hostname } = new URL(url);
      const isGoogles = hostname.endsWith('.googleapis.com');
      // Loading the library takes a third of a second. Another address gets no credentials.
      const signedHeaders = isGoogles
        ? (await import('../../edge/writer/google-headers.js')).googleHeaders()
        : async () => await Promise.resolve({});
      return vertexWriter({ model, url, project, location, signedHeaders, clock });
    }
    default:
      return unreachable(name);
  }
}

/** It becomes a part of the host name. */
function refuseOddLocation(location: string): void {
  if (/^[a-z0-9-]+$/u.test(location)) return;
  const parts = { where: GOOGLE_LOCATION, what: 'location', found: `'${location}'` };
  throw new FlowbarsError('usage', {
    ...parts,
    expected: "'global' or a region such as europe-west1",
  });
}

/** A model that was typed would be asked for nothing. A variable may be meant for other calls. */
function refuseIdle(given: Given): void {
  for (const one of [writerModelOption, writerUrlOption]) {
    const where = given.where(one);
    if (given.text(one) === undefined || !where.startsWith('--')) continue;
    const expected = `a language model as --${writerOption.name}, or no --${one.name}`;
    throw new FlowbarsError('usage', {
      where,
      what: 'option',
      found: 'the template as writer',
      expected,
    });
  }
}
