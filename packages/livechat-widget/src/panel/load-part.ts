import type { parts } from './parts.ts';

type Parts = typeof parts;

/**
 * Loads what is seldom wanted. Where all of it is to be found is in a file of its own as well: hashes of files cannot be compressed, and most
 * visitors need none.
 */
export async function loadPart<Name extends keyof Parts>(
  name: Name,
): Promise<Awaited<ReturnType<Parts[Name]>>> {
  const { parts } = await import('./parts.ts');
  return (await parts[name]()) as Awaited<ReturnType<Parts[Name]>>;
}
