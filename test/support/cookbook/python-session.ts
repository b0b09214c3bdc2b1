/** One Python process that runs pieces of code one after the other in one scope, as a notebook does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Takes a piece in base64 on each line, and ends what it printed with a line of its own. */
const DRIVER = `
import base64, sys, traceback
scope = {"__name__": "__main__"}
while line := sys.stdin.readline():
    try:
        exec(compile(base64.b64decode(line), "recipe", "exec"), scope)
        end = "done"
    except BaseException:
        print(traceback.format_exc())
        end = "failed"
    print(f"— {end}", flush=True)
`;

export interface Printed {
  readonly isDone: boolean;
  /** With the trace of an error. */
  readonly text: string;
}

export class PythonSession {
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;
  private printed = '';
  private stderr = '';
  private heard = Promise.withResolvers<undefined>();

  constructor(folder: string, env: Readonly<Record<string, string>>) {
    this.child = spawn('python3', ['-c', DRIVER], { cwd: folder, env });
    this.ended = once(this.child, 'close').then(() => this.heard.resolve(undefined));
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.printed += text;
      this.heard.resolve(undefined);
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
  }

  /** What the piece prints. */
  async run(code: string): Promise<Printed> {
    this.printed = '';
    this.child.stdin?.write(`${Buffer.from(code).toString('base64')}\n`);
    for (;;) {
      const [, text = '', end] = /^(.*?)— (done|failed)\n$/su.exec(this.printed) ?? [];
      if (end !== undefined) return { isDone: end === 'done', text };
      if (this.child.exitCode !== null) throw new Error(`python3 ended: ${this.stderr}`);
      this.heard = Promise.withResolvers();
      await this.heard.promise;
    }
  }

  async stop(): Promise<void> {
    this.child.stdin?.end();
    await this.ended;
  }
}
