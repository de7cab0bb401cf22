import type { AuthorKinds, Field } from '../author/author-kind.ts';
import { codePoints, type FlowLimits } from './limits.ts';
import { cardPath, type ProblemList } from './problem-list.ts';

type Json = Record<string, unknown>;

/** Reports fields of the wrong type and texts beyond the bounds; what is merely not filled in is fine. */
export function parseFields(
  cardId: string,
  card: Json,
  kinds: AuthorKinds,
  limits: FlowLimits,
  problems: ProblemList,
): void {
  for (const name of ['title', 'note']) {
    if (card[name] !== undefined) checkText(card[name], limits.text, [name]);
  }
  checkFields(card, kinds.steps.get(card['kind'] as string)?.fields ?? [], []);

  function checkFields(owner: Json, fields: readonly Field[], path: string[]): void {
    for (const field of fields) {
      const value = owner[field.name];
      if (value === undefined && field.optional) continue;
      checkField(field, value, [...path, field.name]);
    }
  }

  function checkField(field: Field, value: unknown, path: string[]): void {
    switch (field.type) {
      case 'text':
        return checkText(value, limits.text, path);
      case 'choice':
      case 'time':
        return checkText(value, limits.text, path);
      case 'url':
      case 'time-zone':
      case 'id':
      case 'card':
        // Required texts are unset by '', everything that points somewhere by null or ''.
        return value === null && !(field.type === 'url' && field.required)
          ? undefined
          : checkText(value, limits.text, path);
      case 'ids':
        return checkList(value, path, (item, place) => checkText(item, limits.text, place));
      case 'keywords':
        return checkList(value, path, (item, place) => checkText(item, limits.keyword, place));
      case 'days':
        return checkList(value, path, (item, place) => {
          if (typeof item !== 'number') wrong('a number', item, place);
        });
      case 'boolean':
        return typeof value === 'boolean' ? undefined : wrong('true or false', value, path);
      case 'test':
        return checkTest(value, path);
    }
  }

  function checkTest(value: unknown, path: string[]): void {
    if (value === null) return;
    if (!isObject(value)) return wrong('an object or null', value, path);
    const { kind } = value;
    if (typeof kind !== 'string' || kind === '') return wrong('the name of a kind', kind, [...path, 'kind']);
    checkFields(value, kinds.tests.get(kind)?.fields ?? [], path);
  }

  function checkList(value: unknown, path: string[], check: (item: unknown, path: string[]) => void): void {
    if (!Array.isArray(value)) return wrong('a list', value, path);
    for (const [index, item] of value.entries()) check(item, [...path, String(index)]);
  }

  function checkText(value: unknown, max: number, path: string[]): void {
    if (typeof value !== 'string') return wrong('a string', value, path);
    // Code points are never more than code units, so most texts need no counting.
    const length = value.length > max ? codePoints(value) : 0;
    if (length <= max) return;
    problems.error(
      'text-too-long',
      `Card "${cardId}" has a ${path.join('.')} of ${length} characters; at most ${max} are allowed.`,
      {
        cardId,
        path: cardPath(cardId, ...path),
        data: { length, max },
      },
    );
  }

  function wrong(expected: string, value: unknown, path: string[]): void {
    problems.error(
      'wrong-type',
      `Card "${cardId}" needs ${expected} as ${path.join('.')}, not ${nameOf(value)}.`,
      {
        cardId,
        path: cardPath(cardId, ...path),
        data: { expected },
      },
    );
  }
}

/** A JSON object, not a list and not null. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value's type in words. */
export function nameOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
