/** Runs the routines of a deployed workflow: steps in order, loops, tries and calls. */
import { unreachable } from '../../../../../src/core/unit/errors.js';
import { CONNECTORS } from '../connector/connectors.js';
import { evaluateTemplate, type Surroundings } from '../expression/evaluate.js';
import { truth } from '../expression/operators.js';
import { isList, isMap, typeName, type Value } from '../expression/values.js';
import { Variables } from '../expression/variables.js';
import { STANDARD_LIBRARY } from '../library/standard-library.js';
import type {
  CallBody,
  ForBody,
  Routine,
  Step,
  StepBody,
  SwitchBody,
  TryBody,
} from '../read/program.js';
import { CALL_DEPTH_MAX } from './limits.js';
import type { RunningExecution } from './running-execution.js';
import { ExecutionEnd, type Frame, notModelled, RaisedError, raised } from './workflow-errors.js';

/** `depth` counts the routines that run, this one included. */
export async function runRoutine(
  name: string,
  args: readonly Value[],
  execution: RunningExecution,
  depth = 1,
): Promise<Value> {
  const routine = execution.workflow.program.get(name);
  if (routine === undefined) throw new Error(`invariant broken: unknown callee ${name}`);
  if (depth > CALL_DEPTH_MAX) {
    throw raised('RecursionError', `RecursionError: call depth above ${CALL_DEPTH_MAX}`);
  }
  const parameters = routine.parameters.map((each, index) => [each, args[index] ?? null] as const);
  const variables = new Variables(execution.memory, new Map(parameters));
  const caller = execution.current;
  try {
    const value = await new Activation(routine, variables, execution, depth).run();
    execution.resume(caller);
    return value;
  } finally {
    variables.release();
  }
}

/** The value of a `return`; undefined for a list of steps that ends without one. */
type Returned = { readonly value: Value } | undefined;

class Activation {
  private readonly routine: Routine;
  private readonly variables: Variables;
  private readonly execution: RunningExecution;
  private readonly depth: number;
  private readonly around: Surroundings;
  /** The innermost step of an error, until something catches it. */
  private failing: Frame | undefined;

  constructor(routine: Routine, variables: Variables, execution: RunningExecution, depth: number) {
    this.routine = routine;
    this.variables = variables;
    this.execution = execution;
    this.depth = depth;
    this.around = {
      read: (name) => variables.read(name),
      call: async (name, args) => {
        const library = STANDARD_LIBRARY.get(name);
        return library === undefined ? this.callRoutine(name, args) : library.run(args, execution);
      },
    };
  }

  async run(): Promise<Value> {
    try {
      return (await this.list(this.routine.steps))?.value ?? null;
    } catch (error) {
      const isOurs = error instanceof RaisedError || error instanceof ExecutionEnd;
      if (isOurs && this.failing !== undefined) error.frames.push(this.failing);
      throw error;
    }
  }

  private async list(steps: readonly Step[]): Promise<Returned> {
    for (const { name: step, body, line, column } of steps) {
      const routine = this.routine.name;
      try {
        await this.execution.enter({ step, routine });
        const returned = await this.body(body);
        if (returned !== undefined) return returned;
      } catch (error) {
        this.failing ??= { step, routine, line, column };
        throw error;
      }
    }
    return undefined;
  }

  private async body(body: StepBody): Promise<Returned> {
    switch (body.kind) {
      case 'assign':
        for (const { name, value } of body.assignments) {
          this.variables.assign(name, await evaluateTemplate(value, this.around));
        }
        return undefined;
      case 'call':
        await this.call(body);
        return undefined;
      case 'switch':
        return this.switch(body);
      case 'for':
        return this.for(body);
      case 'try':
        return this.try(body);
      case 'return':
        return { value: await evaluateTemplate(body.value, this.around) };
      case 'raise': {
        const value = await evaluateTemplate(body.value, this.around);
        if (!isMap(value)) throw notModelled(`raise of a ${typeName(value)}`);
        throw new RaisedError(value);
      }
      default:
        return unreachable(body);
    }
  }

  private async switch({ entries }: SwitchBody): Promise<Returned> {
    for (const { condition, body } of entries) {
      const value = await evaluateTemplate(condition, this.around);
      if (truth(value, 'condition')) return this.body(body);
    }
    return undefined;
  }

  private async for({ value, index, list, steps }: ForBody): Promise<Returned> {
    const items = await evaluateTemplate(list, this.around);
    if (!isList(items))
      throw raised('TypeError', `'for' goes over a list; got: ${typeName(items)}`);
    for (const [position, item] of items.entries()) {
      const own = new Map<string, Value>([
        [value, item],
        [index, position],
      ]);
      this.execution.countStep();
      const returned = await this.variables.inScope(own, async () => this.list(steps));
      if (returned !== undefined) return returned;
    }
    return undefined;
  }

  private async try({ body, except }: TryBody): Promise<Returned> {
    try {
      await this.call(body);
      return undefined;
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
    const parameters = this.execution.workflow.program.get(callee)?.parameters ?? [];
    const value =
      connector === undefined
        ? await this.callRoutine(
            callee,
            parameters.map((name) => given.get(name) ?? null),
          )
        : await connector.run(given, this.execution);
    if (result !== undefined) this.variables.assign(result, value);
  }

  private async callRoutine(name: string, args: readonly Value[]): Promise<Value> {
    return runRoutine(name, args, this.execution, this.depth + 1);
  }
}
