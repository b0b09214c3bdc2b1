/** Prints the error that ended a command: a line for a person, or in Cloud Run one JSON line. */
import type { FlowbarsError } from '../../core/unit/errors.js';
import { isCloudRunJob } from '../../edge/process/cloud-run.js';
import { errorFields } from '../../edge/process/log.js';
import type { World } from '../command/command.js';
import { describeEvent } from './describe-event.js';
import { printLine } from './page.js';
import { cloudLog } from './watch.js';

export function printError(error: FlowbarsError, world: World): void {
  if (isCloudRunJob(world.environment)) {
    cloudLog(world, 0).event('ERROR', 'error', errorFields(error));
    return;
  }
  const mark = { text: 'error:', style: 'red' } as const;
  printLine(describeEvent('error', errorFields(error)), world.stderr, mark);
}
