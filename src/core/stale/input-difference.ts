/** Compares the inputs that a symbol-day was published from with what would be read now. */
import type { DayPlan, ListedChunk } from '../plan/day-plan.js';
import type { InputObject, InputRole } from '../stored/quality-report.js';
import { counted } from '../unit/words.js';

export interface InputDifference {
  /** Listed, but not among the inputs: mostly late chunks. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** With another size, checksum or role. */
  readonly changed: readonly string[];
}

/** An object that would be read now, and its role. */
export interface PlannedInput<Role = InputRole> {
  readonly object: ListedChunk;
  readonly role: Role;
}

export function plannedInputs({ steps }: DayPlan): PlannedInput[] {
  return steps.flatMap(({ role, objects }) => objects.map((object) => ({ object, role })));
}

/** Compares name, size and role, and the checksum if the listing has one. */
export function listedDifference<Role>(
  planned: readonly PlannedInput<Role>[],
  inputs: readonly (Omit<InputObject, 'role'> & { readonly role: Role })[],
): InputDifference {
  const inputByName = new Map(inputs.map((input) => [input.name, input]));
  const plannedNames = new Set(planned.map(({ object }) => object.name));
  return {
    added: namesOf(planned.filter(({ object }) => !inputByName.has(object.name))),
    removed: inputs.flatMap(({ name }) => (plannedNames.has(name) ? [] : [name])),
    changed: namesOf(
      planned.filter(({ object, role }) => {
        const input = inputByName.get(object.name);
        if (input === undefined) return false;
        const isSame = input.size === object.sizeBytes && input.role === role;
        return !isSame || (object.crc32c !== undefined && object.crc32c !== input.crc32c);
      }),
    ),
  };
}

export function isEmptyDifference({ added, removed, changed }: InputDifference): boolean {
  return added.length + removed.length + changed.length === 0;
}

/** `2 objects added (A …), 1 object changed (B)`. */
export function describeDifference({ added, removed, changed }: InputDifference): string {
  return [
    describeNames(added, 'added'),
    describeNames(changed, 'changed'),
    describeNames(removed, 'removed'),
  ]
    .filter((text) => text !== '')
    .join(', ');
}

/** For a raw root with a retention limit: objects were removed, and none added or changed. */
export function describeGone(objects: number): string {
  return `${counted(objects, 'raw object')} gone since publication, none added`;
}

function describeNames([first, ...others]: readonly string[], what: string): string {
  if (first === undefined) return '';
  const count = others.length + 1;
  return `${counted(count, 'object')} ${what} (${first}${others.length === 0 ? '' : ' …'})`;
}

function namesOf(planned: readonly PlannedInput<unknown>[]): string[] {
  return planned.map(({ object }) => object.name);
}
