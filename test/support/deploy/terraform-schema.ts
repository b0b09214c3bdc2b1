/** The blocks that Terraform itself knows: top-level ones, and what every resource may hold besides its own. */
import {
  ANYTHING,
  blockShape,
  type BodySchema,
  bodySchema,
  FLAG,
  NUMBER,
  type ResourceSchema,
  TEXT,
} from './schema.js';

const CONDITION: BodySchema = bodySchema({ condition: ANYTHING, error_message: TEXT }, [
  'condition',
  'error_message',
]);
const OPEN: BodySchema = { members: undefined };

/** Top-level blocks except resource, data and provider. */
export const TOP_LEVEL: ReadonlyMap<
  string,
  { readonly labels: number; readonly body: BodySchema }
> = new Map([
  [
    'terraform',
    {
      labels: 0,
      body: bodySchema({
        required_version: TEXT,
        required_providers: blockShape(OPEN, 1),
        backend: blockShape(OPEN, 1),
      }),
    },
  ],
  [
    'variable',
    {
      labels: 1,
      body: bodySchema(
        {
          type: ANYTHING,
          description: TEXT,
          default: ANYTHING,
          validation: blockShape(CONDITION),
          nullable: FLAG,
          sensitive: FLAG,
        },
        ['type', 'description'],
      ),
    },
  ],
  [
    'output',
    {
      labels: 1,
      body: bodySchema(
        {
          value: ANYTHING,
          description: TEXT,
          sensitive: FLAG,
          depends_on: ANYTHING,
          precondition: blockShape(CONDITION),
        },
        ['value', 'description'],
      ),
    },
  ],
  ['locals', { labels: 0, body: OPEN }],
  ['moved', { labels: 0, body: bodySchema({ from: ANYTHING, to: ANYTHING }, ['from', 'to']) }],
  [
    'check',
    {
      labels: 1,
      // Its data source follows the provider's schema, as any other does.
      body: bodySchema({ data: blockShape(OPEN, 1), assert: blockShape(CONDITION) }, ['assert']),
    },
  ],
]);

/** What any resource and data source may hold. */
export const META: BodySchema = bodySchema({
  count: NUMBER,
  for_each: ANYTHING,
  depends_on: ANYTHING,
  provider: ANYTHING,
  provisioner: blockShape(OPEN),
  lifecycle: blockShape(
    bodySchema({
      create_before_destroy: FLAG,
      prevent_destroy: FLAG,
      ignore_changes: ANYTHING,
      replace_triggered_by: ANYTHING,
      precondition: blockShape(CONDITION),
      postcondition: blockShape(CONDITION),
    }),
    1,
  ),
});

export const DYNAMIC: BodySchema = bodySchema(
  { for_each: ANYTHING, iterator: ANYTHING, labels: ANYTHING, content: blockShape(OPEN, 1) },
  ['for_each', 'content'],
);

/**
 * Resources that the published schema lacks: the one without a provider, and the one of google-beta, which is the
 * same at both ends of the range.
 */
export const BUILT_IN: ReadonlyMap<string, ResourceSchema> = new Map([
  [
    'google_project_service_identity',
    {
      ...bodySchema({ project: TEXT, service: TEXT }, ['service']),
      readable: new Set(['email', 'id', 'project', 'service']),
    },
  ],
  [
    'terraform_data',
    {
      ...bodySchema({ input: ANYTHING, triggers_replace: ANYTHING }),
      readable: new Set(['id', 'input', 'output', 'triggers_replace']),
    },
  ],
]);
