/** Signs requests to Vertex AI with Application Default Credentials, through the library of Google's clients. */
import { googleAuthLibrary } from 'google-gax';
import { FlowbarsError } from '../../core/unit/errors.js';
import { quietClientWarnings } from '../google/client-warnings.js';
import { withDeadline } from '../process/retry.js';

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const CREDENTIALS_MS = 30_000;

/** Throws a FlowbarsError of kind `blocked` without credentials; it quotes nothing of them. */
export function googleHeaders(): (url: string) => Promise<Record<string, string>> {
  quietClientWarnings();
  const auth = new googleAuthLibrary.GoogleAuth({ scopes: [SCOPE] });
  return async (url) => {
    try {
      return Object.fromEntries(await withDeadline(auth.getRequestHeaders(url), CREDENTIALS_MS));
    } catch {
      const expected =
        "Application Default Credentials (the job's service account, or gcloud auth application-default login)";
      const parts = {
        where: 'vertex',
        what: 'sign the request',
        found: 'no credentials',
        expected,
      };
      throw new FlowbarsError('blocked', parts);
    }
  };
}
