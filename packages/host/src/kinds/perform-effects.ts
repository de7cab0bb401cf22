import type { Card, CustomEffect, Effect } from '@alur/flow';
import type { EffectHandler, PerformedEffect } from './custom-kinds.ts';

/** Built-in effect with its position, and the address of a custom webhook. */
export interface PlannedEffect {
  effect: Effect;
  /** Position among the turn's effects. Effects of one custom effect share it. */
  index: number;
  /** Number within a custom effect; undefined for a built-in effect. */
  part?: number;
  /** Address of a webhook that a custom effect calls. */
  url?: string;
}

/** Effects to apply, and the custom effects whose handler failed. */
export interface EffectPlan {
  planned: PlannedEffect[];
  failures: { cardId: string; message: string }[];
}

/** Maximum number of effects that one custom effect is replaced with. */
const MAX_PERFORMED = 20;
/** Maximum length of a message, in code points, as for texts of a flow. */
const MAX_TEXT = 10_000;

/**
 * Replaces custom effects with the built-in effects that their handlers return. A custom effect without a
 * handler has no consequence. A handler that throws, or returns something else, is a failure and has none
 * either: it must not cost the visitor the message.
 */
export function planEffects(
  effects: readonly Effect[],
  handlers: ReadonlyMap<string, EffectHandler>,
  cardOf: (cardId: string) => Card | undefined,
): EffectPlan {
  const plan: EffectPlan = { planned: [], failures: [] };
  for (const [index, effect] of effects.entries()) {
    if (!isCustom(effect)) {
      plan.planned.push({ effect, index });
      continue;
    }
    const handler = handlers.get(effect.kind);
    const card = cardOf(effect.cardId);
    if (!handler || !card) continue;
    try {
      const performed = handler(structuredClone(effect), structuredClone(card));
      if (performed.length > MAX_PERFORMED) throw new TypeError(`more than ${MAX_PERFORMED} effects.`);
      plan.planned.push(...performed.map((one, part) => plannedEffect(one, effect.cardId, index, part)));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      plan.failures.push({ cardId: effect.cardId, message: `${effect.kind}: ${message}` });
    }
  }
  return plan;
}

function isCustom(effect: Effect): effect is CustomEffect {
  return effect.kind.startsWith('x-');
}

/** Checks what a handler returned: it is a partner's code. */
function plannedEffect(
  performed: PerformedEffect,
  cardId: string,
  index: number,
  part: number,
): PlannedEffect {
  switch (performed.kind) {
    case 'send-message': {
      const { text, imageUrl } = performed;
      requireStrings([text, ...(imageUrl === undefined ? [] : [imageUrl])], performed.kind);
      if ([...text].length > MAX_TEXT) throw new TypeError(`a message of more than ${MAX_TEXT} characters.`);
      return { effect: { kind: 'send-message', cardId, text, ...(imageUrl && { imageUrl }) }, index, part };
    }
    case 'label': {
      const labelIds = requireStrings(performed.labelIds, performed.kind);
      return { effect: { kind: 'label', cardId, labelIds }, index, part };
    }
    case 'collaborator': {
      const agentIds = requireStrings(performed.agentIds, performed.kind);
      const teamIds = requireStrings(performed.teamIds, performed.kind);
      return { effect: { kind: 'collaborator', cardId, agentIds, teamIds }, index, part };
    }
    case 'webhook': {
      requireStrings([performed.url], performed.kind);
      requireHttp(performed.url);
      return { effect: { kind: 'webhook', cardId }, index, part, url: performed.url };
    }
    default:
      throw new TypeError(`"${String((performed as { kind?: unknown })?.kind)}" is no effect of the host.`);
  }
}

function requireHttp(url: string): void {
  if (URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol)) return;
  throw new TypeError(`a webhook needs an http(s) URL, not "${url}".`);
}

function requireStrings(values: readonly string[], kind: string): string[] {
  if (!Array.isArray(values) || values.some((value) => typeof value !== 'string'))
    throw new TypeError(`an effect "${kind}" has a value that is not a text.`);
  return [...values];
}
