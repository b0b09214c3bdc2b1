/** Failures of Google and of the network: a transient fault, an error in four parts, or a bug. */
import { describe, expect, test } from 'vitest';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import {
  type GoogleRequest,
  httpError,
  httpStatusOf,
  isMissingCredentials,
  thrownError,
} from '../../../src/edge/google/google-error.js';
import { TransientFault } from '../../../src/edge/process/retry.js';

const READ: GoogleRequest = {
  what: 'read',
  expected: 'its content',
  where: 'gs://bucket/a',
  permission: 'storage.objects.get',
};
const LOOK: GoogleRequest = { ...READ, what: 'look at', where: 'w', absent: 'a workflow' };

function fault(message: string, fields: object = {}, name = 'Error'): Error {
  return Object.assign(new Error(message), { name, ...fields });
}

describe('an HTTP status', () => {
  test('of 404 for what was named is an error of usage', () => {
    const message = "w look at: found HTTP 404 'no', expected a workflow";
    expect(httpError(404, 'no', LOOK)).toMatchObject({ kind: 'usage', message });
  });

  test.for([408, 429, 500, 502, 503, 504])('of %i is a fault of the moment', (status) => {
    const error = httpError(status, 'busy', READ);
    expect(error).toBeInstanceOf(TransientFault);
    expect(error.message).toBe(`HTTP ${status} 'busy'`);
  });

  test.for<[number, string, GoogleRequest, string, kind?: string]>([
    [400, 'bad', READ, "gs://bucket/a read: found HTTP 400 'bad', expected its content"],
    [400, '', READ, 'gs://bucket/a read: found HTTP 400, expected its content'],
    [
      403,
      'denied',
      READ,
      "gs://bucket/a read: found HTTP 403 'denied', expected the permission storage.objects.get",
      'blocked',
    ],
  ])('of %i with %o is an error', ([status, said, request, message, kind = 'world']) => {
    expect(httpError(status, said, request)).toMatchObject({ kind, message });
  });

  test('of 404 for an object or a listing is an absent bucket', () => {
    const message = "gs://bucket/a read: found HTTP 404 'no', expected an existing bucket";
    expect(httpError(404, 'no', READ)).toMatchObject({ kind: 'absent', message });
  });

  test('of 401 names the credentials', () => {
    const error = httpError(401, '', READ);
    expect(error).toMatchObject({ kind: 'blocked' });
    expect(error.message).toContain('found HTTP 401, expected Application Default Credentials');
  });

  test.for([
    [
      'its message where the body is the error',
      '{"error": {"message": "not\\n  there"}}',
      'not there',
    ],
    ['the body where it is some other JSON', '{"error": "no"}', '{"error": "no"}'],
    ['the body where it is no JSON', '<html>\n no\t</html>', '<html> no </html>'],
    ['no more than its beginning', 'x'.repeat(1_000), 'x'.repeat(200)],
  ] as const)('says %s', ([, body, said]) => {
    expect(httpError(400, body, READ).message).toContain(`found HTTP 400 '${said}', expected`);
  });
});

describe('what a client throws', () => {
  test.for<[string, unknown]>([
    ['an error of ours', new FlowbarsError('usage', { ...READ, found: 'x' })],
    ['a fault of ours', new TransientFault('x')],
    ['a bug', new TypeError('undefined is not a function')],
    ['what is no error', 'text'],
  ])('passes through as %s', ([, thrown]) => {
    expect(thrownError(thrown, READ)).toBe(thrown);
  });

  test.for<[string, Error, string]>([
    ['a status as code', fault('busy', { code: 503 }), "HTTP 503 'busy'"],
    ['a status in digits', fault('busy', { code: '429' }), "HTTP 429 'busy'"],
    ['a status as status', fault('busy', { status: 500 }), "HTTP 500 'busy'"],
    ['a reset', fault('gone', { code: 'ECONNRESET' }), "ECONNRESET 'gone'"],
    ['a parser of HTTP', fault('odd', { code: 'HPE_INVALID' }), "HPE_INVALID 'odd'"],
    ['an answer that was cut', new SyntaxError('end of input'), 'an answer that is not JSON'],
    ['a time-out', fault('late', { code: 23 }, 'TimeoutError'), "ETIMEDOUT 'late'"],
    [
      'a cause',
      new Error('fetch failed', { cause: fault('no', { code: 'ECONNREFUSED' }) }),
      "ECONNREFUSED 'fetch failed'",
    ],
  ])('is a fault of the moment for %s', ([, thrown, message]) => {
    const found = thrownError(thrown, READ);
    expect(found).toBeInstanceOf(TransientFault);
    expect(found).toMatchObject({ message });
  });

  test('is an error of kind world for a permanent status or code', () => {
    expect(thrownError(fault('no', { code: 403 }), READ)).toMatchObject({
      message:
        "gs://bucket/a read: found HTTP 403 'no', expected the permission storage.objects.get",
    });
    expect(thrownError(fault('who?', { code: 'ENOTFOUND' }), READ)).toMatchObject({
      kind: 'world',
      message: "gs://bucket/a read: found ENOTFOUND 'who?', expected its content",
    });
  });

  test('is an error that no retry mends without credentials', () => {
    const thrown = fault('Could not load the default credentials. Browse to https://…');
    expect(isMissingCredentials(thrown)).toBe(true);
    const found = thrownError(thrown, LOOK);
    expect(found).toMatchObject({ kind: 'blocked' });
    expect(String(found)).toContain(
      'w look at: found no credentials, expected Application Default',
    );
  });
});

test('a status is a number from 100 to 599', () => {
  expect(httpStatusOf(fault('', { code: 404 }))).toBe(404);
  // gRPC has codes of its own.
  expect(httpStatusOf(fault('', { code: 5 }))).toBeUndefined();
  expect(httpStatusOf(fault('', { code: 'ENOENT', status: 404 }))).toBeUndefined();
  expect(httpStatusOf({ code: 404 })).toBeUndefined();
});
