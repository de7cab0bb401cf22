import type { DirectoryList, Field, Wording } from './author-kind.ts';

/* Functions that declare fields. Defaults: required, not optional in the document, not public. */

type Rest = Partial<Pick<Field, 'required' | 'optional' | 'isPublic' | 'hint'>>;

const base = (name: string, label: Wording, rest: Rest) => ({
  name,
  label,
  required: true,
  optional: false,
  isPublic: false,
  ...rest,
});

/** Declares a text of at most `max` code points. */
export function textField(
  name: string,
  label: Wording,
  {
    max,
    multiline = false,
    template = false,
    ...rest
  }: Rest & { max: number; multiline?: boolean; template?: boolean },
): Field {
  return { ...base(name, label, rest), type: 'text', max, multiline, template };
}

/** Declares a URL with one of these protocols, such as `https:`. */
export function urlField(
  name: string,
  label: Wording,
  { protocols, ...rest }: Rest & { protocols: string[] },
): Field {
  return { ...base(name, label, rest), type: 'url', protocols };
}

/** Declares a list of keywords of at most `max` code points each. */
export function keywordsField(name: string, label: Wording, { max, ...rest }: Rest & { max: number }): Field {
  return { ...base(name, label, rest), type: 'keywords', max };
}

/** Declares a list of ids of directory entries. */
export function idsField(name: string, label: Wording, { of, ...rest }: Rest & { of: DirectoryList }): Field {
  return { ...base(name, label, rest), type: 'ids', of };
}

/** Declares the id of a directory entry, or null. */
export function idField(name: string, label: Wording, { of, ...rest }: Rest & { of: DirectoryList }): Field {
  return { ...base(name, label, rest), type: 'id', of };
}

/** Declares the id of a card of the same flow, or null. */
export function cardField(name: string, label: Wording, rest: Rest = {}): Field {
  return { ...base(name, label, rest), type: 'card' };
}

/** Declares a boolean. */
export function booleanField(name: string, label: Wording, rest: Rest = {}): Field {
  return { ...base(name, label, rest), type: 'boolean' };
}

/** Declares one of several strings. The first one is the default. */
export function choiceField(
  name: string,
  label: Wording,
  { options, ...rest }: Rest & { options: { value: string; label: Wording }[] },
): Field {
  return { ...base(name, label, rest), type: 'choice', options, initial: options[0]?.value ?? '' };
}

/** Declares a time of day, `HH:MM`. */
export function timeField(
  name: string,
  label: Wording,
  { endOfDay = false, ...rest }: Rest & { endOfDay?: boolean } = {},
): Field {
  return { ...base(name, label, rest), type: 'time', endOfDay };
}

/** Declares a list of ISO weekdays. Default: all seven. */
export function daysField(name: string, label: Wording, rest: Rest = {}): Field {
  return { ...base(name, label, rest), type: 'days' };
}

/** Declares an IANA time zone. Default: the flow's. */
export function timeZoneField(name: string, label: Wording, rest: Rest = {}): Field {
  return { ...base(name, label, rest), type: 'time-zone' };
}

/** Declares a list of at most `max` objects with these fields. */
export function listField(
  name: string,
  label: Wording,
  { fields, max, ...rest }: Rest & { fields: readonly Field[]; max: number },
): Field {
  return { ...base(name, label, rest), type: 'list', fields, max };
}

/** Declares the translations of another field, by language tag. */
export function translationsField(name: string, label: Wording, of: Field): Field {
  const { isPublic } = of;
  return { ...base(name, label, { required: false, optional: true, isPublic }), type: 'translations', of };
}

/** Declares the test of a condition. */
export function testField(name: string, label: Wording, rest: Rest = {}): Field {
  return { ...base(name, label, rest), type: 'test' };
}
