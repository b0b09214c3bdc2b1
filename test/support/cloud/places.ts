/** Where the project and its built bin are, for what also runs outside of a test. */
import { join, resolve } from 'node:path';

export const projectRoot: string = resolve(import.meta.dirname, '../../..');
export const binaryPath: string = join(projectRoot, 'dist/main.js');
export const workflowPath: string = join(projectRoot, 'workflows/flowbars.yaml');
