import { fileURLToPath } from 'node:url';
import { build, type Rollup } from 'vite';

/** Returns a module with all its imports as one classic script, whose exports are in the global `name`. */
export async function bundleScript(entry: URL, name: string): Promise<string> {
  const results = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: fileURLToPath(entry), formats: ['iife'], name },
    },
  });
  return (results as Rollup.RollupOutput[])[0]!.output[0].code;
}
