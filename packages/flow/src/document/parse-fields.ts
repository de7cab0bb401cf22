import type { AuthorKinds, Field } from '../kinds/author-kind.ts';
import { codePoints, type FlowLimits, LANGUAGES } from './limits.ts';
import { cardPath, type ProblemList } from './problem-list.ts';

type Json = Record<string, unknown>;

/**
 * Returns a function that reports fields of the wrong type and texts beyond the limits. Empty fields are
 * valid.
 */
export function fieldReader(
  kinds: AuthorKinds,
  limits: FlowLimits,
  problems: ProblemList,
): (cardId: string, card: Json) => void {
  let cardId = '';
  let keywords = 0;
  return (id, card) => {
    cardId = id;
    if (card['title'] !== undefined) checkText(card['title'], limits.text, 'title');
    if (card['note'] !== undefined) checkText(card['note'], limits.text, 'note');
    checkFields(card, kinds.steps.get(card['kind'] as string)?.fields ?? [], '');
  };

  /** A path contains the keys from the card to a value, joined by dots. Field names contain no dots. */
  function checkFields(owner: Json, fields: readonly Field[], prefix: string): void {
    for (const field of fields) {
      const value = owner[field.name];
      if (value === undefined && field.optional) continue;
      checkField(field, value, prefix + field.name);
    }
  }

  function checkField(field: Field, value: unknown, path: string): void {
    switch (field.type) {
      case 'text':
      case 'choice':
      case 'time':
        return checkText(value, limits.text, path);
      case 'url':
      case 'time-zone':
      case 'id':
      case 'card':
        // A required text is unset by ''. A reference is unset by null or ''.
        return value === null && !(field.type === 'url' && field.required)
          ? undefined
          : checkText(value, limits.text, path);
      case 'ids':
        return checkTexts(value, limits.text, path);
      case 'keywords':
        checkCount(value, path);
        return checkTexts(value, limits.keyword, path);
      case 'days':
        if (!Array.isArray(value)) return wrong('a list', value, path);
        for (const [index, item] of value.entries()) {
          if (typeof item !== 'number') wrong('a number', item, `${path}.${index}`);
        }
        return;
      case 'boolean':
        return typeof value === 'boolean' ? undefined : wrong('true or false', value, path);
      case 'test':
        return checkTest(value, path);
      case 'list':
        return checkList(field, value, path);
      case 'translations':
        return checkTranslations(field, value, path);
    }
  }

  function checkList({ fields, max }: Field & { type: 'list' }, value: unknown, path: string): void {
    if (!Array.isArray(value)) return wrong('a list', value, path);
    if (value.length > max) return tooMany(value.length, max, path);
    for (const [index, entry] of value.entries()) {
      if (isObject(entry)) checkFields(entry, fields, `${path}.${index}.`);
      else wrong('an object', entry, `${path}.${index}`);
    }
  }

  function checkTranslations({ of }: Field & { type: 'translations' }, value: unknown, path: string): void {
    if (!isObject(value)) return wrong('an object', value, path);
    const entries = Object.entries(value);
    if (entries.length > LANGUAGES) return tooMany(entries.length, LANGUAGES, path);
    for (const [language, text] of entries)
      checkField({ ...of, required: true }, text, `${path}.${language}`);
  }

  function tooMany(count: number, max: number, path: string): void {
    report('too-many-entries', `has ${count} entries as ${path}; at most ${max} are allowed`, path, {
      count,
      max,
    });
  }

  function checkTest(value: unknown, path: string): void {
    if (value === null) return;
    if (!isObject(value)) return wrong('an object or null', value, path);
    const { kind } = value;
    if (typeof kind !== 'string' || kind === '') return wrong('the name of a kind', kind, `${path}.kind`);
    checkFields(value, kinds.tests.get(kind)?.fields ?? [], `${path}.`);
  }

  function checkCount(value: unknown, path: string): void {
    const count = Array.isArray(value) ? value.length : 0;
    keywords += count;
    if (count > limits.testKeywords) tooMany(count, limits.testKeywords, 'in one test');
    // Report once, at the field that exceeds the limit.
    else if (keywords > limits.keywords && keywords - count <= limits.keywords)
      tooMany(keywords, limits.keywords, 'in the flow up to here');

    function tooMany(found: number, max: number, where: string): void {
      const what = `has ${path}: ${found} ${where}; at most ${max} are allowed`;
      report('too-many-keywords', what, path, { count: found, max });
    }
  }

  function checkTexts(value: unknown, max: number, path: string): void {
    if (!Array.isArray(value)) return wrong('a list', value, path);
    for (let index = 0; index < value.length; index++) checkText(value[index], max, `${path}.${index}`);
  }

  function checkText(value: unknown, max: number, path: string): void {
    if (typeof value !== 'string') return wrong('a string', value, path);
    // A text has at most as many code points as code units, so most texts need no counting.
    const length = value.length > max ? codePoints(value) : 0;
    if (length <= max) return;
    report('text-too-long', `has a ${path} of ${length} characters; at most ${max} are allowed`, path, {
      length,
      max,
    });
  }

  function wrong(expected: string, value: unknown, path: string): void {
    report('wrong-type', `needs ${expected} as ${path}, not ${nameOf(value)}`, path, { expected });
  }

  function report(code: string, what: string, path: string, data: Record<string, unknown>): void {
    problems.error(code, `Card "${cardId}" ${what}.`, {
      cardId,
      path: cardPath(cardId, ...path.split('.')),
      data,
    });
  }
}

/** Returns whether a value is a JSON object: not an array and not null. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the type of a value for messages. */
export function nameOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
