/** Runs the routines of a deployed workflow: steps in order, jumps, loops, tries and calls. */
import { unreachable } from '../../../../../src/core/unit/errors.js';
import type { Connector } from '../connector/connector.js';
import { type Completion, END, integers, jumpTo, followedBy } from './completion.js';
import { CONNECTORS } from '../connector/connectors.js';
import {
  checkedSize,
  evaluate,
  evaluateTemplate,
  type Surroundings,
  withMember,
} from '../expression/evaluate.js';
import type { Expression } from '../expression/expression.js';
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
import { PREDICATES } from './retry-predicates.js';
import type { RunningExecution } from './running-execution.js';
import { STANDARD_LIBRARY } from '../library/standard-library.js';
import { rootOf } from '../read/template-reader.js';
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
  readonly #routine: Routine;
  readonly #variables: Variables;
  readonly #execution: RunningExecution;
  readonly #depth: number;
  readonly #around: Surroundings;
  /** The innermost step that an error has come from, until it is caught. */
  #failing: Frame | undefined;

  constructor({ routine, variables, execution, depth }: ActivationState) {
    this.#routine = routine;
    this.#variables = variables;
    this.#execution = execution;
    this.#depth = depth;
    this.#around = {
      read: (name) => variables.read(name),
      call: async (name, args) => this.#callInExpression(name, args),
    };
  }

  async run(): Promise<Value> {
    try {
      const completion = await this.#list(this.#routine.steps);
      return completion.kind === 'return' ? completion.value : null;
    } catch (error) {
      const isOurs = error instanceof RaisedError || error instanceof ExecutionEnd;
      if (isOurs && this.#failing !== undefined) error.frames.push(this.#failing);
      throw error;
    }
  }

  async #list(steps: readonly Step[]): Promise<Completion> {
    for (let index = 0; index < steps.length; index += 1) {
      const step = steps[index];
      if (step === undefined) break;
      const completion = await this.#step(step);
      if (completion.kind === 'return') return completion;
      if (completion.kind === 'end') continue;
      const target = steps.findIndex(({ name }) => name === completion.target);
      if (target === -1) return completion;
      index = target - 1;
    }
    return END;
  }

  async #step({ name, body, line, column }: Step): Promise<Completion> {
    const routine = this.#routine.name;
    try {
      // The bare body of a try has no name and is one step with it.
      if (name !== '') await this.#execution.enter({ step: name, routine });
      return await this.#body(body);
    } catch (error) {
      if (name !== '') this.#failing ??= { step: name, routine, line, column };
      throw error;
    }
  }

  async #body(body: StepBody): Promise<Completion> {
    switch (body.kind) {
      case 'assign':
        await this.#assign(body);
        return jumpTo(body.next);
      case 'call':
        await this.#call(body);
        return jumpTo(body.next);
      case 'switch':
        return this.#switch(body);
      case 'for':
        return this.#for(body);
      case 'try':
        return followedBy(await this.#try(body), body.next);
      case 'steps':
        return followedBy(await this.#list(body.steps), body.next);
      case 'next':
        return jumpTo(body.next);
      case 'return':
        return { kind: 'return', value: await evaluateTemplate(body.value, this.#around) };
      case 'raise': {
        const value = await evaluateTemplate(body.value, this.#around);
        if (!isMap(value)) throw notModelled(`raise of a ${typeName(value)}: raise a map`);
        throw new RaisedError(value);
      }
      default:
        return unreachable(body);
    }
  }

  async #assign({ assignments }: AssignBody): Promise<void> {
    for (const { target, value } of assignments) {
      const assigned = await evaluateTemplate(value, this.#around);
      const root = rootOf(target);
      const keys = await this.#keysOf(target);
      const whole = keys.length === 0 ? null : this.#variables.read(root);
      this.#variables.assign(root, withMember(whole, keys, assigned));
    }
  }

  /** `["k", 0]` for `x.k[0]`. */
  async #keysOf(target: Expression): Promise<Value[]> {
    if (target.kind === 'member') return [...(await this.#keysOf(target.of)), target.name];
    if (target.kind !== 'index') return [];
    return [...(await this.#keysOf(target.of)), await evaluate(target.key, this.#around)];
  }

  async #switch({ entries, next }: SwitchBody): Promise<Completion> {
    for (const { condition, body } of entries) {
      const value = await evaluateTemplate(condition, this.#around);
      if (truth(value, 'condition')) return this.#body(body);
    }
    return jumpTo(next);
  }

  async #for(body: ForBody): Promise<Completion> {
    let index = 0n;
    for (const value of await this.#valuesOver(body)) {
      const own = new Map<string, Value>([[body.value, value]]);
      if (body.index !== undefined) own.set(body.index, index);
      this.#execution.countStep();
      const run = async (): Promise<Completion> => this.#list(body.steps);
      const completion = await this.#variables.inScope(own, run);
      if (completion.kind === 'jump' && completion.target === 'break') break;
      const goesOn = completion.kind === 'jump' && completion.target === 'continue';
      if (completion.kind !== 'end' && !goesOn) return completion;
      index += 1n;
    }
    return jumpTo(body.next);
  }

  async #valuesOver({ over }: ForBody): Promise<Iterable<Value>> {
    if (over.kind === 'in') {
      const list = await evaluateTemplate(over.list, this.#around);
      if (isList(list)) return list;
      throw raised('TypeError', `'for' goes over a list; got: ${typeName(list)}`);
    }
    const first = await evaluateTemplate(over.first, this.#around);
    const last = await evaluateTemplate(over.last, this.#around);
    if (typeof first === 'bigint' && typeof last === 'bigint') return integers(first, last);
    if (typeof first === 'number' || typeof last === 'number') {
      throw notModelled('a range with doubles');
    }
    throw raised(
      'TypeError',
      `a range has two integers; got: ${typeName(first)}, ${typeName(last)}`,
    );
  }

  async #try({ body, retry, except }: TryBody): Promise<Completion> {
    const isRetried = (retry && PREDICATES.get(retry.predicate)) ?? (() => false);
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#list(body);
      } catch (error) {
        if (!(error instanceof RaisedError)) throw error;
        const isRepeated = attempt < (retry?.retriesMax ?? 0) && isRetried(error.value);
        if (!isRepeated && except === undefined) throw error;
        this.#failing = undefined;
        if (!isRepeated && except !== undefined) {
          const own = new Map([[except.as, error.value]]);
          return this.#variables.inScope(own, async () => this.#list(except.steps));
        }
        const { initialDelayS = 0, multiplier = 1, delaySMax = 0 } = retry ?? {};
        const delayS = Math.min(initialDelayS * multiplier ** attempt, delaySMax);
        this.#execution.countStep();
        await this.#execution.waitMs(delayS * 1000);
      }
    }
  }

  async #call({ callee, args, result }: CallBody): Promise<void> {
    const named = new Map<string, Value>();
    const positional: Value[] = [];
    if (args.kind === 'named') {
      for (const [name, template] of args.entries) {
        named.set(name, await evaluateTemplate(template, this.#around));
      }
    } else {
      for (const template of args.items) {
        positional.push(await evaluateTemplate(template, this.#around));
      }
    }
    const connector = CONNECTORS.get(callee);
    const value =
      connector === undefined
        ? await this.#callOwn(callee, named, positional)
        : await this.#callConnector(connector, named);
    if (result !== undefined) this.#variables.assign(result, checkedSize(value));
  }

  async #callConnector(connector: Connector, given: ReadonlyMap<string, Value>): Promise<Value> {
    return connector.run(given, this.#execution);
  }

  /** A library function takes both forms of arguments, a subworkflow by step only names. */
  async #callOwn(
    callee: string,
    named: ReadonlyMap<string, Value>,
    positional: readonly Value[],
  ): Promise<Value> {
    const parameters =
      STANDARD_LIBRARY.get(callee)?.parameters ?? this.#routineOf(callee).parameters;
    const given = parameters.map(({ name }, index): Given => {
      return index < positional.length ? positional[index] : named.get(name);
    });
    return this.#callWith(callee, given);
  }

  async #callInExpression(name: string, args: readonly Value[]): Promise<Value> {
    return this.#callWith(name, args);
  }

  async #callWith(callee: string, given: readonly Given[]): Promise<Value> {
    const library = STANDARD_LIBRARY.get(callee);
    if (library !== undefined) return library.run(given, this.#execution);
    const routine = this.#routineOf(callee);
    const parameters = new Map<string, Value>();
    for (const [index, { name, preset = null }] of routine.parameters.entries()) {
      const value = given[index];
      parameters.set(name, value === undefined ? preset : value);
    }
    return runRoutine(routine, parameters, this.#execution, this.#depth + 1);
  }

  #routineOf(name: string): Routine {
    const routine = this.#execution.workflow.program.routines.get(name);
    if (routine === undefined)
      throw new Error(`the checks have let an unknown callee pass: ${name}`);
    return routine;
  }
}
