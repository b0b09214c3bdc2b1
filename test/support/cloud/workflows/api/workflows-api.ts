/**
 * The Workflows API as far as one project needs it: deploy a source and look at it. It holds one
 * project, by whatever id it is called; answers carry the project's number, as the real ones do.
 */
import {
  ApiError,
  type ApiRequest,
  labelsIn,
  logLevelIn,
  onlyFields,
  textsIn,
} from '../connector/api-answer.js';
import { DeployError } from '../read/deploy-error.js';
import { deployWorkflow } from '../check/deploy-workflow.js';
import { ExecutionsApi, type ExecutionsSettings } from './executions-api.js';

const WORKFLOW_ID = /^[a-zA-Z](?:[a-zA-Z0-9_-]{0,62}[a-zA-Z0-9])?$/u;
const CREATE_FIELDS = [
  'callLogLevel',
  'description',
  'labels',
  'serviceAccount',
  'sourceContents',
  'userEnvVars',
];
const REVISION_ID = '000001-ac2';
const COMPILE_ERROR = 3;

interface WorkflowRecord {
  readonly resource: unknown;
  readonly executions: ExecutionsApi;
}

export class WorkflowsApi {
  private readonly settings: ExecutionsSettings;
  private readonly projectNumber: string;
  private readonly records = new Map<string, WorkflowRecord>();
  private operations = 0;

  constructor(settings: ExecutionsSettings, projectNumber: string) {
    this.settings = settings;
    this.projectNumber = projectNumber;
  }

  /** Throws an ApiError where the answer is one. */
  async answer(request: ApiRequest): Promise<unknown> {
    const parts = /^\/v1\/projects\/([^/]+)\/locations\/([^/]+)\/workflows(\/.*)?$/u.exec(
      request.path,
    );
    const [, project = '', location = '', rest = ''] = parts ?? [];
    if (parts === null) throw new ApiError('NOT_FOUND', `no method at ${request.path}`);
    if (rest === '' && request.method === 'POST') return this.create(request, project, location);
    const inside = /^\/([^/:]+)(?:\/(executions)(?:\/([^/:]+)(:cancel)?)?)?$/u.exec(rest);
    const [, workflowId = '', executions, executionId, cancel] = inside ?? [];
    const found = this.records.get(`${location}/${workflowId}`);
    if (inside === null) throw new ApiError('UNIMPLEMENTED', `${request.method} ${request.path}`);
    if (found === undefined) {
      const name = `projects/${project}/locations/${location}/workflows/${workflowId}`;
      throw new ApiError('NOT_FOUND', `Resource '${name}' was not found`);
    }
    const method = `${request.method}${executions ? ' executions' : ''}${executionId ? '/' : ''}${cancel ?? ''}`;
    switch (method) {
      case 'GET':
        onlyFields(request.query.keys(), [], 'query');
        return found.resource;
      case 'POST executions':
        return found.executions.create(request);
      case 'GET executions':
        return found.executions.list(request);
      case 'GET executions/':
        return found.executions.get(executionId ?? '', request);
      case 'POST executions/:cancel':
        return found.executions.cancel(executionId ?? '', request);
      default:
        throw new ApiError('UNIMPLEMENTED', `${request.method} ${request.path}`);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.records.values()].map(async ({ executions }) => executions.close()));
  }

  /** An operation that is done at once. A source that is refused is an error in it, of code 3. */
  private create({ body, query }: ApiRequest, project: string, location: string): unknown {
    onlyFields(query.keys(), ['workflowId'], 'query');
    onlyFields(Object.keys(body), CREATE_FIELDS, 'workflow');
    const id = query.get('workflowId') ?? '';
    const { sourceContents, serviceAccount = '', description = '' } = body;
    if (!WORKFLOW_ID.test(id)) throw new ApiError('INVALID_ARGUMENT', `workflowId '${id}'`);
    for (const text of [sourceContents, serviceAccount, description]) {
      if (typeof text === 'string') continue;
      throw new ApiError('INVALID_ARGUMENT', 'sourceContents and the other texts are strings');
    }
    const key = `${location}/${id}`;
    const parent = `projects/${this.projectNumber}/locations/${location}`;
    const name = `${parent}/workflows/${id}`;
    if (this.records.has(key)) {
      throw new ApiError('ALREADY_EXISTS', `Resource '${name}' already exists`);
    }
    const userEnvVars = textsIn(body['userEnvVars'], 'userEnvVars');
    const labels = labelsIn(body['labels']);
    const callLogLevel = logLevelIn(body['callLogLevel']);
    this.operations += 1;
    const operation = { name: `${parent}/operations/operation-${this.operations}`, done: true };
    try {
      const workflow = deployWorkflow(String(sourceContents), { environment: userEnvVars });
      const createTime = new Date(this.settings.clock.nowMs()).toISOString();
      const resource = {
        name,
        state: 'ACTIVE',
        revisionId: REVISION_ID,
        createTime,
        updateTime: createTime,
        revisionCreateTime: createTime,
        description,
        labels,
        serviceAccount,
        sourceContents,
        userEnvVars,
        callLogLevel,
      };
      const builtIn = {
        GOOGLE_CLOUD_LOCATION: location,
        GOOGLE_CLOUD_PROJECT_ID: project,
        GOOGLE_CLOUD_PROJECT_NUMBER: this.projectNumber,
        GOOGLE_CLOUD_SERVICE_ACCOUNT_NAME: String(serviceAccount),
        GOOGLE_CLOUD_WORKFLOW_ID: id,
        GOOGLE_CLOUD_WORKFLOW_REVISION_ID: REVISION_ID,
      };
      const deployed = { name, revisionId: REVISION_ID, labels, callLogLevel, workflow, builtIn };
      this.records.set(key, { resource, executions: new ExecutionsApi(deployed, this.settings) });
      return { ...operation, response: resource };
    } catch (error) {
      if (!(error instanceof DeployError)) throw error;
      return { ...operation, error: { code: COMPILE_ERROR, message: error.message } };
    }
  }
}
