import {
  authorKinds,
  runKinds,
  withAuthorKinds,
  type AuthorKinds,
  type Card,
  type CustomAuthorKinds,
  type CustomEffect,
  type CustomRunKinds,
  type RunKinds,
} from '@alur/flow';

/** Built-in effect that a custom effect is replaced with. */
export type PerformedEffect =
  | { kind: 'send-message'; text: string; imageUrl?: string }
  | { kind: 'label'; labelIds: readonly string[] }
  | { kind: 'collaborator'; agentIds: readonly string[]; teamIds: readonly string[] }
  /** Posts the conversation to `url` after the commit, signed and repeated like the webhook card. */
  | { kind: 'webhook'; url: string };

/**
 * Returns what the host does for an effect of a custom kind. `card` is the card of the flow, with the fields
 * that visitors do not see. A pure function: it runs inside a transaction and can run again.
 */
export type EffectHandler = (effect: CustomEffect, card: Card) => readonly PerformedEffect[];

/** Card kinds of your own. Their names begin with `x-`. A module exports them as its default export. */
export interface CustomKinds {
  /** How the engine runs them. */
  run: CustomRunKinds;
  /** How authors see them: fields, checks, summary. */
  author: CustomAuthorKinds;
  /** What the host does for their effects, by the kind of the effect. Default: nothing. */
  effects?: Record<string, EffectHandler>;
}

/** All kinds that a host knows. */
export interface HostKinds {
  run: RunKinds;
  author: AuthorKinds;
  effects: ReadonlyMap<string, EffectHandler>;
}

/** Kinds of a host without kinds of its own. */
export const builtInKinds: HostKinds = { run: runKinds(), author: authorKinds, effects: new Map() };

/**
 * Returns the built-in kinds with the custom ones. Throws a `TypeError` that names the entry when a kind does
 * not begin with `x-`, is declared twice, or is declared for authors but not for the engine or vice versa.
 */
export function withCustomKinds(custom: CustomKinds): HostKinds {
  const { run, author, effects = {} } = custom;
  for (const list of ['tests', 'steps'] as const)
    requirePairs(list, namesOf(run?.[list]), namesOf(author?.[list]));
  for (const [kind, handler] of Object.entries(effects)) {
    requirePrefix(`effects/${kind}`, kind);
    if (typeof handler !== 'function') throw new TypeError(`effects/${kind} must be a function.`);
  }
  return {
    run: runKinds(run),
    author: withAuthorKinds(author),
    effects: new Map(Object.entries(effects)),
  };
}

function namesOf(kinds: readonly { kind: string }[] | undefined): string[] {
  return (kinds ?? []).map(({ kind }) => kind);
}

function requirePairs(list: string, engine: string[], authors: string[]): void {
  for (const [side, names, other, others] of [
    ['run', engine, 'author', authors],
    ['author', authors, 'run', engine],
  ] as const)
    for (const [index, kind] of names.entries()) {
      const place = `${side}.${list}/${index}`;
      requirePrefix(place, kind);
      if (names.indexOf(kind) !== index) throw new TypeError(`${place} declares "${kind}" a second time.`);
      if (!others.includes(kind))
        throw new TypeError(`${place} declares "${kind}", which ${other}.${list} does not declare.`);
    }
}

function requirePrefix(place: string, kind: unknown): void {
  if (typeof kind === 'string' && /^x-[a-z0-9-]{1,62}$/.test(kind)) return;
  throw new TypeError(
    `${place} has the name ${JSON.stringify(kind)}; a name is "x-" and lower-case letters, digits and "-".`,
  );
}
