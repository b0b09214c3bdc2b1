/**
 * Lets Node run the project's sources in a child process as they are: `node --import THIS script.ts`.
 * The sources name their imports as built (`.js`); this looks for the `.ts` beside them.
 */
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (specifier, context, nextResolve) => {
    const ours = specifier.startsWith('.') && !(context.parentURL ?? '').includes('/node_modules/');
    return nextResolve(ours ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
