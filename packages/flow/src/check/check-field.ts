import type { CheckContext, Field } from '../kinds/author-kind.ts';
import { shortened } from '../kinds/words.ts';
import type { Translations } from '../document/flow.ts';
import { codePoints } from '../document/limits.ts';
import { invertedOffset, isTimeZone } from '../document/time-zone.ts';
import { isBlank } from '../run/is-blank.ts';
import { normalize } from '../run/normalize.ts';
import { literalTemplates } from '../run/template.ts';
import { readClock } from '../run/wall-clock.ts';
import { invertedZone } from './inverted-zone.ts';

/** Separators and list markers that authors type. A comma between digits is part of a number. */
const SEPARATOR = /(?<!\d),|,(?!\d)|[;，、；،؛\t\n\r\u2028\u2029]|^\s*[-*•‣▪–—] /u;
/** A well-formed language tag, without the irregular ones (RFC 5646, section 2.1). */
const LANGUAGE = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,7}$/;

/** Reports the problems of one field: empty, too long, or invalid. */
export function checkField(field: Field, value: unknown, path: string, context: CheckContext): void {
  const { report, directory } = context;
  const name = field.label.en;
  const isEmpty =
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
  if (isEmpty) {
    if (value === undefined && field.optional) return;
    if (field.required) empty();
    return;
  }
  switch (field.type) {
    case 'text':
      return checkText(value as string, field.max, field.template);
    case 'url':
      return checkUrl(value as string, field.protocols);
    case 'keywords':
      return checkKeywords(value as string[], field.max);
    case 'ids':
      for (const id of value as string[]) checkId(id, field.of);
      return;
    case 'id':
      return checkId(value as string, field.of);
    case 'choice':
      if (field.options.some((option) => option.value === value)) return;
      return error('unknown-choice', `${name} cannot be "${value}".`, { value });
    case 'time':
      if (!Number.isNaN(readClock(value as string)) && (field.endOfDay || value !== '24:00')) return;
      return error('bad-time', `${name} has to be a time such as 09:00, not "${value}".`, { value });
    case 'days':
      if ((value as number[]).every((day) => Number.isInteger(day) && day >= 1 && day <= 7)) return;
      return error('bad-days', `${name} are numbers from 1 (Monday) to 7 (Sunday).`);
    case 'time-zone':
      if (isTimeZone(value as string)) return checkZone(value as string);
      return error('bad-time-zone', `"${value}" is not a time zone; use a name such as Asia/Jakarta.`, {
        value,
      });
    case 'list':
      for (const [index, entry] of (value as Record<string, unknown>[]).entries()) {
        for (const inner of field.fields)
          checkField(inner, entry[inner.name], `${path}/${index}/${inner.name}`, context);
      }
      return;
    case 'translations':
      return checkTranslations(field.of, value as Translations);
    case 'card':
    case 'boolean':
    case 'test':
  }

  function empty(): void {
    const choosing = ['ids', 'id', 'card', 'days', 'test', 'choice', 'list'].includes(field.type);
    const isMany = ['ids', 'days', 'list'].includes(field.type);
    if (choosing) {
      error('nothing-chosen', `Nothing is chosen for ${name}; choose ${isMany ? 'at least one' : 'one'}.`, {
        isMany,
      });
    } else error('empty-field', `${name} is empty; fill it in.`);
  }

  function checkText(text: string, max: number, template: boolean): void {
    if (isBlank(text)) return empty();
    const length = codePoints(text);
    if (length > max)
      error('too-long', `${name} has ${length} characters; at most ${max} are allowed.`, { length, max });
    for (const literal of template ? literalTemplates(text) : []) {
      warning('literal-template', `"${literal}" is shown as it is, because it is not a template.`, {
        literal,
      });
    }
  }

  function checkZone(zone: string): void {
    const offset = invertedOffset(zone);
    if (offset !== null) report({ ...invertedZone(zone, offset), field: path });
  }

  function checkUrl(url: string, protocols: readonly string[]): void {
    if (URL.canParse(url) && protocols.includes(new URL(url).protocol)) return;
    const allowed = protocols.map((protocol) => `${protocol}//`).join(' or ');
    error('bad-url', `${name} has to be an address that begins with ${allowed}.`, { protocols });
  }

  function checkKeywords(keywords: string[], max: number): void {
    if (keywords.every((keyword) => !normalize(keyword))) return empty();
    for (const keyword of keywords) {
      const length = codePoints(keyword);
      if (!normalize(keyword)) error('empty-field', `One of the ${name} is empty; fill it in or remove it.`);
      else if (length > max)
        error('too-long', `A keyword has ${length} characters; at most ${max} are allowed.`, { length, max });
      else if (SEPARATOR.test(keyword)) {
        const message = `"${shortened(keyword)}" is one keyword: only a text with all of it matches. If it is a list, split it.`;
        warning('keyword-separator', message, { keyword });
      }
    }
  }

  function checkId(id: string, list: keyof typeof directory): void {
    if (!directory[list] || directory[list].some((entry) => entry.id === id)) return;
    error('unknown-id', `"${id}" is not among the ${list} any more; choose another.`, { id, list });
  }

  function checkTranslations(of: Field, translations: Translations): void {
    const seen = new Set<string>();
    for (const [language, text] of Object.entries(translations)) {
      const tag = language.toLowerCase();
      if (!LANGUAGE.test(language) || seen.has(tag))
        error('bad-language', `${name} has "${language}", which is no language tag or stands there twice.`, {
          language,
        });
      seen.add(tag);
      checkField({ ...of, required: true, optional: false }, text, `${path}/${language}`, context);
    }
  }

  function error(code: string, message: string, data?: Record<string, unknown>): void {
    report({ code, severity: 'error', field: path, message, ...(data && { data }) });
  }

  function warning(code: string, message: string, data: Record<string, unknown>): void {
    report({ code, severity: 'warning', field: path, message, data });
  }
}
