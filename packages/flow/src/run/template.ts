import type { Facts } from '../document/flow.ts';
import { isBlank } from './is-blank.ts';

const TEMPLATE =
  /\{\{((?:visitor|inbox)\.name|visitor\.(?:email|phone|attributes\.[\w-]{1,64}))(?:\|([^{}]*))?\}\}/g;

/**
 * Fills the templates of a text (rule 9): `{{visitor.name}}` or `{{visitor.name|fallback}}`. Reads only own
 * string properties of the facts. Inserted values are not parsed again. Other text stays unchanged.
 */
export function fillTemplate(text: string, facts: Facts): string {
  return text.replace(TEMPLATE, (_all, path: string, fallback = '') => {
    const value = path.split('.').reduce<unknown>(own, facts);
    return typeof value === 'string' && !isBlank(value) ? value : fallback;
  });
}

function own(holder: unknown, key: string): unknown {
  return holder && Object.hasOwn(holder, key) ? (holder as Record<string, unknown>)[key] : undefined;
}

/** Returns the parts of a text that look like a template, or like the start of one, but are not filled. */
export function literalTemplates(text: string): string[] {
  return text.replace(TEMPLATE, ' ').match(/\{\{[^{}]*\}{0,2}/g) ?? [];
}
