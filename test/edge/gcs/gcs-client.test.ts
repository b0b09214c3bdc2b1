/** Where requests to Google Cloud Storage go and what signs them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { openGcsClient } from '../../../src/edge/gcs/gcs-client.js';

describe('the client', () => {
  it('keeps to Google and its credentials, whatever STORAGE_EMULATOR_HOST says', () => {
    for (const host of [undefined, 'http://127.0.0.1:1']) {
      vi.stubEnv('STORAGE_EMULATOR_HOST', host);
      const { bucket } = openGcsClient('some-bucket', undefined);
      expect(bucket.storage).toMatchObject({
        apiEndpoint: 'https://storage.googleapis.com',
        baseUrl: 'https://storage.googleapis.com/storage/v1',
        useAuthWithCustomEndpoint: true,
      });
    }
  });

  it('signs requests to Google with the application default credentials', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'flowbars-credentials-'));
    const tokens = createServer((incoming, outgoing) => {
      incoming.resume();
      outgoing.setHeader('content-type', 'application/json');
      const type = 'urn:ietf:params:oauth:token-type:access_token';
      const token = { access_token: 'the-token', issued_token_type: type, token_type: 'Bearer' };
      outgoing.end(JSON.stringify({ ...token, expires_in: 3600 }));
    });
    try {
      await new Promise<void>((resolve) => tokens.listen(0, '127.0.0.1', resolve));
      const address = tokens.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      await writeFile(join(folder, 'subject'), 'subject-token');
      await writeFile(
        join(folder, 'credentials.json'),
        JSON.stringify({
          type: 'external_account',
          audience:
            '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/a/providers/b',
          subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
          token_url: `http://127.0.0.1:${address.port}/token`,
          credential_source: { file: join(folder, 'subject') },
        }),
      );
      vi.stubEnv('GOOGLE_CLOUD_PROJECT', 'test');
      vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', join(folder, 'credentials.json'));
      for (const endpoint of [undefined, 'https://storage.europe-west3.rep.googleapis.com']) {
        const headers = await openGcsClient('some-bucket', endpoint).requestHeaders();
        expect(headers).toMatchObject({ authorization: 'Bearer the-token' });
      }
      for (const endpoint of ['http://storage.googleapis.com', 'https://googleapis.com.example']) {
        expect(await openGcsClient('some-bucket', endpoint).requestHeaders()).toEqual({});
      }
    } finally {
      tokens.close();
      tokens.closeAllConnections();
      await rm(folder, { recursive: true });
    }
  });

  it.each(['127.0.0.1:4443', 'ftp://host', 'http://host/path', 'http://host?a=b', ''])(
    "refuses the endpoint '%s'",
    (endpoint) => {
      expect(() => openGcsClient('some-bucket', endpoint)).toThrow(FlowbarsError);
    },
  );
});
