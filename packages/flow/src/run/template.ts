import type { Facts } from '../document/flow.ts';

const TEMPLATE =
  /\{\{(?:(visitor|inbox)\.(name)|visitor\.(email|phone)|visitor\.attributes\.([\w-]{1,64}))(?:\|([^{}]*))?\}\}/g;

/**
 * Fills the templates of a text (rule 9): `{{visitor.name}}` or `{{visitor.name|fallback}}`. Only the facts' own
 * strings are read, what they hold is not read again, and whatever is not a template stays as it is.
 */
export function fillTemplate(text: string, facts: Facts): string {
  return text.replace(TEMPLATE, (_all, owner, name, contact, attribute, fallback = '') => {
    const holder = owner === 'inbox' ? own(facts, 'inbox') : own(facts, 'visitor');
    const value = attribute ? own(own(holder, 'attributes'), attribute) : own(holder, name ?? contact);
    return typeof value === 'string' && value ? value : fallback;
  });
}

function own(holder: unknown, key: string): unknown {
  return holder && typeof holder === 'object' && Object.hasOwn(holder, key)
    ? (holder as Record<string, unknown>)[key]
    : undefined;
}

/** What looks like a template in a text but stays as it is. */
export function literalTemplates(text: string): string[] {
  return text.replace(TEMPLATE, '').match(/\{\{[^{}]*(?:\}\}|$)/g) ?? [];
}
