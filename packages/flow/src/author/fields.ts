import type { DirectoryList, Field, Wording } from './author-kind.ts';

/*
 * Short ways to declare fields. Defaults: required, not optional in the document, hidden from visitors.
 */

type Rest = Partial<Pick<Field, 'required' | 'optional' | 'isPublic' | 'hint'>>;

const base = (name: string, label: Wording, rest: Rest) => ({
  name,
  label,
  required: true,
  optional: false,
  isPublic: false,
  ...rest,
});

/** A text of at most `max` code points. */
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

/** An address with one of these protocols, such as `https:`. */
export function urlField(
  name: string,
  label: Wording,
  { protocols, ...rest }: Rest & { protocols: string[] },
): Field {
  return { ...base(name, label, rest), type: 'url', protocols };
}

/** A list of keywords of at most `max` code points each. */
export function keywordsField(name: string, label: Wording, { max, ...rest }: Rest & { max: number }): Field {
  return { ...base(name, label, rest), type: 'keywords', max };
}

/** Ids of the host's things. */
export function idsField(name: string, label: Wording, { of, ...rest }: Rest & { of: DirectoryList }): Field {
  return { ...base(name, label, rest), type: 'ids', of };
}

/** The id of one of the host's things, or null. */
export function idField(name: string, label: Wording, { of, ...rest }: Rest & { of: DirectoryList }): Field {
  return { ...base(name, label, rest), type: 'id', of };
}

/** The id of a card of the same flow, or null. */
export function cardField(name: string, label: Wording, rest: Rest = {}): Field {
  return { ...base(name, label, rest), type: 'card' };
}

/** Yes or no. */
export function booleanField(name: string, label: Wording, rest: Rest = {}): Field {
  return { ...base(name, label, rest), type: 'boolean' };
}

/** One of several words; the first is what a missing value means. */
export function choiceField(
  name: string,
  label: Wording,
  { options, ...rest }: Rest & { options: { value: string; label: Wording }[] },
): Field {
  return { ...base(name, label, rest), type: 'choice', options, initial: options[0]?.value ?? '' };
}

/** A time of day, `HH:MM`. */
export function timeField(
  name: string,
  label: Wording,
  { endOfDay = false, ...rest }: Rest & { endOfDay?: boolean } = {},
): Field {
  return { ...base(name, label, rest), type: 'time', endOfDay };
}

/** ISO weekdays; a missing value means all. */
export function daysField(name: string, label: Wording, rest: Rest = {}): Field {
  return { ...base(name, label, rest), type: 'days' };
}

/** An IANA time zone; nothing means the flow's. */
export function timeZoneField(name: string, label: Wording, rest: Rest = {}): Field {
  return { ...base(name, label, rest), type: 'time-zone' };
}

/** A list of at most `max` objects with these fields. */
export function listField(
  name: string,
  label: Wording,
  { fields, max, ...rest }: Rest & { fields: readonly Field[]; max: number },
): Field {
  return { ...base(name, label, rest), type: 'list', fields, max };
}

/** Another field's value in other languages, by language tag. */
export function translationsField(name: string, label: Wording, of: Field): Field {
  const { isPublic } = of;
  return { ...base(name, label, { required: false, optional: true, isPublic }), type: 'translations', of };
}

/** What a condition asks. */
export function testField(name: string, label: Wording, rest: Rest = {}): Field {
  return { ...base(name, label, rest), type: 'test' };
}
