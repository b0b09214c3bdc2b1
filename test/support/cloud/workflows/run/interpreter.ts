/** Runs the routines of a deployed workflow: steps in order, loops, tries and calls. */
import { unreachable } from '../../../../../src/core/unit/errors.js';
import type { Connector } from '../connector/connector.js';
import { type Completion, END } from './completion.js';
import { CONNECTORS } from '../connector/connectors.js';
import { checkedSize, evaluateTemplate, type Surroundings } from '../expression/evaluate.js';
import type { Given } from '../library/library.js';
import { CALL_DEPTH_MAX } from './limits.js';
import { truth } from '../expression/operators.js';
import type {
  AssignBody,
  CallBody,
  ForBody,
  Routine,
  Step,
  StepBody,
  SwitchBody,
  TryBody,
} from '../read/program.js';
import type { RunningExecution } from './running-execution.js';
import { STANDARD_LIBRARY } from '../library/standard-library.js';
import { isList, isMap, typeName, type Value } from '../expression/values.js';
import { Variables } from '../expression/variables.js';
import { ExecutionEnd, type Frame, notModelled, RaisedError, raised } from './workflow-errors.js';

export async function runRoutine(
  routine: Routine,
  parameters: ReadonlyMap<string, Value>,
  execution: RunningExecution,
  depth = 1,
): Promise<Value> {
  if (depth > CALL_DEPTH_MAX) {
    throw raised('RecursionError', `RecursionError: call depth above ${CALL_DEPTH_MAX}`);
  }
  const variables = new Variables(execution.memory, parameters);
  const activation = new Activation({ routine, variables, execution, depth });
  const caller = execution.current;
  try {
    const value = await activation.run();
    execution.resume(caller);
    return value;
  } finally {
    variables.release();
  }
}

interface ActivationState {
  readonly routine: Routine;
  readonly variables: Variables;
  readonly execution: RunningExecution;
  readonly depth: number;
}

class Activation {
  private readonly routine: Routine;
  private readonly variables: Variables;
  private readonly execution: RunningExecution;
  private readonly depth: number;
  private readonly around: Surroundings;
  /** The innermost step that an error has come from, until it is caught. */
  private failing: Frame | undefined;

  constructor({ routine, variables, execution, depth }: ActivationState) {
    this.routine = routine;
    this.variables = variables;
    this.execution = execution;
    this.depth = depth;
    this.around = {
      read: (name) => variables.read(name),
      call: async (name, args) => this.callInExpression(name, args),
    };
  }

  async run(): Promise<Value> {
    try {
      const completion = await this.list(this.routine.steps);
      return completion.kind === 'return' ? completion.value : null;
    } catch (error) {
      const isOurs = error instanceof RaisedError || error instanceof ExecutionEnd;
      if (isOurs && this.failing !== undefined) error.frames.push(this.failing);
      throw error;
    }
  }

  private async list(steps: readonly Step[]): Promise<Completion> {
    for (const step of steps) {
      const completion = await this.step(step);
      if (completion.kind !== 'end') return completion;
    }
    return END;
  }

  private async step({ name, body, line, column }: Step): Promise<Completion> {
    const routine = this.routine.name;
    try {
      // The bare body of a try has no name and is one step with it.
      if (name !== '') await this.execution.enter({ step: name, routine });
      return await this.body(body);
    } catch (error) {
      if (name !== '') this.failing ??= { step: name, routine, line, column };
      throw error;
    }
  }

  private async body(body: StepBody): Promise<Completion> {
    switch (body.kind) {
      case 'assign':
        await this.assign(body);
        return END;
      case 'call':
        await this.call(body);
        return END;
      case 'switch':
        return this.switch(body);
      case 'for':
        return this.for(body);
      case 'try':
        return this.try(body);
      case 'break':
        return { kind: 'break' };
      case 'return':
        return { kind: 'return', value: await evaluateTemplate(body.value, this.around) };
      case 'raise': {
        const value = await evaluateTemplate(body.value, this.around);
        if (!isMap(value)) throw notModelled(`raise of a ${typeName(value)}: raise a map`);
        throw new RaisedError(value);
      }
      default:
        return unreachable(body);
    }
  }

  private async assign({ assignments }: AssignBody): Promise<void> {
    for (const { name, value } of assignments) {
      this.variables.assign(name, await evaluateTemplate(value, this.around));
    }
  }

  private async switch({ entries }: SwitchBody): Promise<Completion> {
    for (const { condition, body } of entries) {
      const value = await evaluateTemplate(condition, this.around);
      if (truth(value, 'condition')) return this.body(body);
    }
    return END;
  }

  private async for(body: ForBody): Promise<Completion> {
    const list = await evaluateTemplate(body.list, this.around);
    if (!isList(list)) throw raised('TypeError', `'for' goes over a list; got: ${typeName(list)}`);
    for (const [index, value] of list.entries()) {
      const own = new Map<string, Value>([[body.value, value]]);
      if (body.index !== undefined) own.set(body.index, BigInt(index));
      this.execution.countStep();
      const run = async (): Promise<Completion> => this.list(body.steps);
      const completion = await this.variables.inScope(own, run);
      if (completion.kind === 'break') break;
      if (completion.kind === 'return') return completion;
    }
    return END;
  }

  private async try({ body, except }: TryBody): Promise<Completion> {
    try {
      return await this.list(body);
    } catch (error) {
      if (!(error instanceof RaisedError)) throw error;
      this.failing = undefined;
      const own = new Map([[except.as, error.value]]);
      return this.variables.inScope(own, async () => this.list(except.steps));
    }
  }

  private async call({ callee, args, result }: CallBody): Promise<void> {
    const given = new Map<string, Value>();
    for (const [name, template] of args) {
      given.set(name, await evaluateTemplate(template, this.around));
    }
    const connector = CONNECTORS.get(callee);
    const value =
      connector === undefined
        ? await this.callOwn(callee, given)
        : await this.callConnector(connector, given);
    if (result !== undefined) this.variables.assign(result, checkedSize(value));
  }

  private async callConnector(
    connector: Connector,
    given: ReadonlyMap<string, Value>,
  ): Promise<Value> {
    return connector.run(given, this.execution);
  }

  private async callOwn(callee: string, given: ReadonlyMap<string, Value>): Promise<Value> {
    const names =
      STANDARD_LIBRARY.get(callee)?.parameters.map(({ name }) => name) ??
      this.routineOf(callee).parameters;
    return this.callWith(
      callee,
      names.map((name) => given.get(name)),
    );
  }

  private async callInExpression(name: string, args: readonly Value[]): Promise<Value> {
    return this.callWith(name, args);
  }

  private async callWith(callee: string, given: readonly Given[]): Promise<Value> {
    const library = STANDARD_LIBRARY.get(callee);
    if (library !== undefined) return library.run(given, this.execution);
    const routine = this.routineOf(callee);
    const parameters = new Map<string, Value>();
    for (const [index, name] of routine.parameters.entries()) {
      parameters.set(name, given[index] ?? null);
    }
    return runRoutine(routine, parameters, this.execution, this.depth + 1);
  }

  private routineOf(name: string): Routine {
    const routine = this.execution.workflow.program.routines.get(name);
    if (routine === undefined)
      throw new Error(`the checks have let an unknown callee pass: ${name}`);
    return routine;
  }
}
