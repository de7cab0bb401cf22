import type { Problem } from '@alur/flow';
import type { Strings } from '../strings/strings.ts';

/**
 * Explains in the editor's language why the engine refused a change; null when the problems are not about a
 * limit.
 */
export function describeRefusal(problems: readonly Problem[], { refused }: Strings): string | null {
  for (const { code, data } of problems) {
    const describe = refused.limits[code as keyof Strings['refused']['limits']];
    const max = (data as { max?: unknown } | undefined)?.max;
    if (describe) return describe(typeof max === 'number' ? max : null);
  }
  return null;
}
