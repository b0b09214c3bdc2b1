/** A deployed workflow and the roots that it works on, opened from the options of a command. */
import { FlowbarsError } from '../../core/unit/errors.js';
import { openStore } from '../../edge/store-root.js';
import type { Workflow } from '../../jobs/ports.js';
import type { World } from '../command/command.js';
import type { Given, Option } from '../option/option.js';
import { refuse } from '../../core/unit/typed-text.js';
import { gcsEndpointOption } from '../option/options.js';
import {
  type NamedRoot,
  outOfWorkflowOption,
  rawOfWorkflowOption,
  workflowOption,
  workflowsEndpointOption,
} from '../option/operator-options.js';
import type { Roots } from '../compute/request.js';

export interface Deployment {
  readonly workflow: Workflow;
  readonly roots: Roots;
}

/** Loads the SDK here, so other commands and usage errors do not pay for it. */
export async function openDeployment(given: Given, world: World): Promise<Deployment> {
  const name = given.value(workflowOption);
  const endpoint = given.optional(workflowsEndpointOption);
  const { openWorkflow } = await import('../../edge/google/workflows.js');
  const workflow = openWorkflow({ name, endpoint, clock: world.clock });
  const settings = await workflow.settings();
  const raw = rootOf('RAW_ROOT', rawOfWorkflowOption, settings, given);
  const out = rootOf('OUT_ROOT', outOfWorkflowOption, settings, given);
  const gcsEndpoint = given.optional(gcsEndpointOption);
  const roots = { raw: openStore(raw, { gcsEndpoint }), out: openStore(out, { gcsEndpoint }) };
  return { workflow, roots };
}

/** The workflow's own root; an option that names another one is refused. */
function rootOf(
  setting: string,
  option: Option<NamedRoot>,
  settings: Readonly<Record<string, string>> | undefined,
  given: Given,
): string {
  const typed = given.optional(option);
  if (settings === undefined) {
    return (
      typed?.root ??
      refuse(
        `--${option.name}`,
        'option',
        'nothing, and no permission workflows.workflows.get to read it from the workflow',
        `its ${setting} (here or as ${option.env})`,
      )
    );
  }
  const own = settings[setting];
  if (own === undefined) {
    throw new FlowbarsError('usage', {
      where: given.value(workflowOption),
      what: `setting ${setting}`,
      found: 'nothing',
      expected: 'the workflow of flowbars, workflows/flowbars.yaml',
    });
  }
  if (typed === undefined || plain(typed.root) === plain(own)) return own;
  return refuse(typed.where, 'root', `'${typed.root}'`, `'${own}', the workflow's ${setting}`);
}

function plain(root: string): string {
  return root.replace(/\/+$/, '');
}
