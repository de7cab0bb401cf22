import type { lazyModules } from './lazy-modules.ts';

type LazyModules = typeof lazyModules;

/**
 * Loads a module that few visitors need. The list of these modules is a separate file, because the integrity
 * hashes in it do not compress.
 */
export async function loadModule<Name extends keyof LazyModules>(
  name: Name,
): Promise<Awaited<ReturnType<LazyModules[Name]>>> {
  const { lazyModules } = await import('./lazy-modules.ts');
  return (await lazyModules[name]()) as Awaited<ReturnType<LazyModules[Name]>>;
}
