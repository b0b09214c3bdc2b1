/**
 * The Workflows API of one project: deploy a source and look at it. Requests may call the project by
 * any id; answers carry its number, as Google's do.
 */
import { deployWorkflow } from '../check/deploy-workflow.js';
import { DeployError } from '../read/deploy-error.js';
import { ApiError, type ApiRequest, onlyFields, textsIn } from './api-answer.js';
import { ExecutionsApi, type ExecutionsSettings, REVISION_ID } from './executions-api.js';

const PROJECT_NUMBER = '123456789012';
const COMPILE_ERROR = 3;
const PATH =
  /^\/v1\/projects\/(?<project>[^/]+)\/locations\/(?<location>[^/]+)\/workflows(?:\/(?<id>[^/:]+)(?:\/(?<executions>executions)(?:\/(?<execution>[^/:]+))?)?)?$/u;

interface WorkflowRecord {
  readonly resource: unknown;
  readonly executions: ExecutionsApi;
}

export class WorkflowsApi {
  private readonly settings: ExecutionsSettings;
  /** By location and id. */
  private readonly records = new Map<string, WorkflowRecord>();

  constructor(settings: ExecutionsSettings) {
    this.settings = settings;
  }

  /** Throws an ApiError. */
  answer(request: ApiRequest): unknown {
    const { method, path, query } = request;
    const { project = '', location = '', id, ...inside } = PATH.exec(path)?.groups ?? {};
    if (location === '') throw new ApiError('NOT_FOUND', `no method at ${path}`);
    if (id === undefined && method === 'POST') return this.create(request, location);
    const found = this.records.get(`${location}/${id}`);
    if (found === undefined) {
      const name = `projects/${project}/locations/${location}/workflows/${id}`;
      throw new ApiError('NOT_FOUND', `Resource '${name}' was not found`);
    }
    const { executions, execution } = inside;
    if (method === 'POST' && executions !== undefined && execution === undefined) {
      return found.executions.create(request);
    }
    if (method !== 'GET') throw new ApiError('UNIMPLEMENTED', `${method} ${path}`);
    onlyFields(query.keys(), executions === undefined ? [] : ['view'], 'query');
    if (executions === undefined) return found.resource;
    return execution === undefined ? found.executions.list() : found.executions.get(execution);
  }

  async close(): Promise<void> {
    await Promise.all([...this.records.values()].map(async ({ executions }) => executions.close()));
  }

  /** An operation that is done at once. It carries the refusal of a source as an error of code 3. */
  private create({ body, query }: ApiRequest, location: string): unknown {
    onlyFields(query.keys(), ['workflowId'], 'query');
    onlyFields(Object.keys(body), ['sourceContents', 'userEnvVars'], 'workflow');
    const id = query.get('workflowId') ?? '';
    const { sourceContents } = body;
    if (id === '' || typeof sourceContents !== 'string') {
      throw new ApiError('INVALID_ARGUMENT', 'workflowId and sourceContents are strings');
    }
    const parent = `projects/${PROJECT_NUMBER}/locations/${location}`;
    const name = `${parent}/workflows/${id}`;
    if (this.records.has(`${location}/${id}`)) {
      throw new ApiError('ALREADY_EXISTS', `Resource '${name}' already exists`);
    }
    const userEnvVars = textsIn(body['userEnvVars'], 'userEnvVars');
    const operation = { name: `${parent}/operations/operation-1`, done: true };
    try {
      const workflow = deployWorkflow(sourceContents, userEnvVars);
      const state = { state: 'ACTIVE', revisionId: REVISION_ID };
      const resource = { name, ...state, sourceContents, userEnvVars };
      const executions = new ExecutionsApi(name, workflow, this.settings);
      this.records.set(`${location}/${id}`, { resource, executions });
      return { ...operation, response: resource };
    } catch (error) {
      if (!(error instanceof DeployError)) throw error;
      return { ...operation, error: { code: COMPILE_ERROR, message: error.message } };
    }
  }
}
