/** Paths of the project, for code that also runs outside of tests. */
import { join, resolve } from 'node:path';

export const projectRoot: string = resolve(import.meta.dirname, '../../..');
export const binaryPath: string = join(projectRoot, 'dist/main.js');
export const workflowPath: string = join(projectRoot, 'workflows/flowbars.yaml');
