/** The threads that a command computes with: its own, and workers that start with the first day that needs them. */
import { FlowbarsError } from '../../core/unit/errors.js';
import { WorkerThread } from '../../edge/process/worker-thread.js';
import type { Crew } from '../../jobs/ports.js';
import type { RawPlace, StretchTalk } from './stretch-request.js';

/** Beside this module. */
const ENTRY = new URL('./stretch-thread.js', import.meta.url);

/** `threads`: the command's own included. */
export function openCrew(place: RawPlace, threads: number): Crew {
  const idle: WorkerThread<StretchTalk>[] = [];
  return {
    threads,
    prepare: (count) => {
      while (idle.length < count - 1) idle.push(new WorkerThread<StretchTalk>(ENTRY));
    },
    compute: async (task, atOnce, onRead) => {
      const thread = idle.pop() ?? new WorkerThread<StretchTalk>(ENTRY);
      const answer = await thread.ask({ place, task, atOnce }, onRead);
      idle.push(thread);
      if ('kind' in answer) throw new FlowbarsError(answer.kind, answer.parts);
      if ('needsWholeDay' in answer) return answer;
      // Loaded with the first day that is computed.
      const { unpacked } = await import('../../core/pass/crossing.js');
      return { result: unpacked(answer.packedResult), inputs: answer.inputs };
    },
  };
}
