import type { Strings } from '../strings/strings.ts';

/** Maximum length of a flow name, in code points. */
const NAME_MAX = 100;

/**
 * Returns the error text for a flow's new name, trimmed, in the editor's language. `''` if the name is valid.
 */
export function checkName(name: string, { list }: Strings): string {
  const { length } = [...name];
  if (length === 0) return list.nameMissing;
  return length > NAME_MAX ? list.nameLong : '';
}
