import type { Strings } from '../strings/strings.ts';

/** The longest name of a flow, in code points. */
const NAME_MAX = 100;

/** What is wrong with a flow's new name, trimmed, in the editor's language; `''` when nothing is. */
export function checkName(name: string, { list }: Strings): string {
  const { length } = [...name];
  if (length === 0) return list.nameMissing;
  return length > NAME_MAX ? list.nameLong : '';
}
