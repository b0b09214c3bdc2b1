/** A deployed workflow and the roots that it works on, opened from the options of a command. */
import { FlowbarsError } from '../../core/unit/errors.js';
import { openStore } from '../../edge/store-root.js';
import type { Store, Workflow } from '../../jobs/ports.js';
import type { World } from '../command/command.js';
import type { Given, Option } from '../option/option.js';
import { refuse } from '../../core/unit/typed-text.js';
import { gcsEndpointOption, outOption } from '../option/options.js';
import {
  type NamedRoot,
  outOfWorkflowOption,
  rawOfWorkflowOption,
  workflowOption,
  workflowsEndpointOption,
} from '../option/operator-options.js';
import { typedRoot } from '../compute/named-roots.js';
import type { Roots } from '../compute/request.js';

export interface Deployment {
  readonly workflow: Workflow;
  readonly roots: Roots;
}

export async function openDeployment(given: Given, world: World): Promise<Deployment> {
  const workflow = await workflowOf(given, world);
  const settings = await workflow.settings();
  const raw = rootOf('RAW_ROOT', rawOfWorkflowOption, settings, given);
  const out = rootOf('OUT_ROOT', outOfWorkflowOption, settings, given);
  const gcsEndpoint = given.optional(gcsEndpointOption);
  const roots = { raw: openStore(raw, { gcsEndpoint }), out: openStore(out, { gcsEndpoint }) };
  return { workflow, roots };
}

/** The output root alone: `--out`, or that of the workflow that `--workflow` names in its place. */
export async function openOut(given: Given, world: World): Promise<Store> {
  const isOfWorkflow =
    given.optional(outOption) === undefined && given.optional(workflowOption) !== undefined;
  const gcsEndpoint = given.optional(gcsEndpointOption);
  if (!isOfWorkflow) return typedRoot('--out', openStore(given.value(outOption), { gcsEndpoint }));
  const settings = await (await workflowOf(given, world)).settings();
  return openStore(rootOf('OUT_ROOT', outOfWorkflowOption, settings, given), { gcsEndpoint });
}

/** Loads the SDK here, so other commands and usage errors do not pay for it. */
async function workflowOf(given: Given, { clock }: World): Promise<Workflow> {
  const name = given.value(workflowOption);
  const endpoint = given.optional(workflowsEndpointOption);
  const { openWorkflow } = await import('../../edge/google/workflows.js');
  return openWorkflow({ name, endpoint, clock });
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
