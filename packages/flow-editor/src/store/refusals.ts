import type { Problem } from '@alur/flow';
import type { Strings } from '../strings/strings.ts';

/**
 * Returns the reason, in the editor's language, why the engine rejected a change. Null if no limit is the
 * cause.
 */
export function describeRefusal(problems: readonly Problem[], { refused }: Strings): string | null {
  for (const { code, data } of problems) {
    const describe = refused.limits[code as keyof Strings['refused']['limits']];
    const max = (data as { max?: unknown } | undefined)?.max;
    if (describe) return describe(typeof max === 'number' ? max : null);
  }
  return null;
}
