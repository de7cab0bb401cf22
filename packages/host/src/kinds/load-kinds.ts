import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { builtInKinds, withCustomKinds, type CustomKinds, type HostKinds } from './custom-kinds.ts';

/**
 * Loads a module whose default export is a `CustomKinds`. Each thread that runs flows loads it. Rejects with
 * a message that names the module when it cannot be loaded or is not valid.
 *
 * @param href `file:` URL of the module. Null returns the built-in kinds.
 */
export async function loadKinds(href: string | null): Promise<HostKinds> {
  if (href === null) return builtInKinds;
  try {
    const { default: custom } = (await import(href)) as { default?: CustomKinds };
    if (!custom || typeof custom !== 'object') throw new TypeError('It has no default export.');
    return withCustomKinds(custom);
  } catch (error) {
    throw new Error(`The card kinds of ${href} cannot be used: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** Returns the `file:` URL of a module that is given as a path or a URL. */
export function moduleUrl(module: string | URL): string {
  if (module instanceof URL || module.startsWith('file:')) return String(module);
  return pathToFileURL(resolve(module)).href;
}
