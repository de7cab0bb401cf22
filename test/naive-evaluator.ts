/*
 * A second evaluator of flows, written from the rules of docs/flow-documents.md without shared code. It is
 * slow and simple on purpose: one function per rule, no compiling, every lookup repeated. When the two
 * differ, one of them or the rule is wrong.
 */

import { readFileSync } from 'node:fs';

type Json = Record<string, any>; // eslint-disable-line typescript/no-explicit-any

/** The published lists of characters, from which every implementation starts. */
const table = JSON.parse(
  readFileSync(new URL('../packages/flow/vectors/folding.json', import.meta.url), 'utf8'),
) as Record<string, any>; // eslint-disable-line typescript/no-explicit-any

function charactersOf(...names: string[]): Set<string> {
  const all = new Set<string>();
  for (const range of names.flatMap((name) => table[name] as string[])) {
    const [first = '', last = first] = range.split('-');
    for (let code = parseInt(first, 16); code <= parseInt(last, 16); code++)
      all.add(String.fromCodePoint(code));
  }
  return all;
}

const removed = charactersOf('ignorable', 'tags', 'skinTones');
const apostrophes = charactersOf('apostrophes');
const quotes = charactersOf('doubleQuotes');
const dashes = charactersOf('dashes');
const spaces = charactersOf('whiteSpace');
const closing = charactersOf('closing');
const unspaced = charactersOf('unspacedLetters');
const joiners = charactersOf('joinsNextLetter');
const accents = charactersOf('accents');
const invisible = charactersOf('ignorable', 'whiteSpace');

function unify(letters: string[]): string {
  return letters
    .map((letter) => {
      if (apostrophes.has(letter)) return "'";
      if (quotes.has(letter)) return '"';
      return dashes.has(letter) ? '-' : letter;
    })
    .join('');
}

/** Rule 3: the form in which texts are compared. */
function plain(text: string): string {
  const read = Array.from(text).slice(0, 4000);
  let folded = unify(read.filter((letter) => !removed.has(letter))).normalize('NFKC');
  folded = Array.from(folded).slice(0, 8000).join('').toLowerCase().split('ς').join('σ').normalize('NFKC');
  const words: string[] = [''];
  for (const letter of Array.from(unify(Array.from(folded)))) {
    if (spaces.has(letter)) words.push('');
    else words[words.length - 1] += letter;
  }
  const joined = words.filter((word) => word !== '').join(' ');
  const kept = Array.from(joined).slice(0, 8000);
  if (kept.at(-1) === ' ') kept.pop();
  return kept.join('');
}

/** Rule 3: the folded text without accents. */
function withoutAccents(folded: string): string {
  // Decomposed character by character, so that the letter stays whole.
  const letters = Array.from(folded).flatMap((letter) =>
    letter === 'й' ? [letter] : Array.from(letter.normalize('NFD')),
  );
  const bare = letters.filter((letter) => !accents.has(letter)).join('');
  return Array.from(bare.normalize('NFC'))
    .map((letter) => table['withoutAccents'][letter] ?? String(digitOf(letter)?.value ?? letter))
    .join('');
}

function digitOf(letter: string): { script: string; value: number } | undefined {
  for (const script of table['digitZeros'] as string[]) {
    for (let value = 0; value < 10; value++) {
      if (letter === String.fromCodePoint(parseInt(script, 16) + value)) return { script, value };
    }
  }
  return undefined;
}

function isWordLetter(letter: string | undefined): boolean {
  return letter !== undefined && /^[\p{L}\p{N}\p{M}]$/u.test(letter);
}

function isMark(letter: string | undefined): boolean {
  return letter !== undefined && /^\p{M}$/u.test(letter);
}

/** Whether the letter at an index, or the letter of the mark there, belongs to a script without spaces. */
function isUnspaced(letters: string[], at: number): boolean {
  while (at >= 0 && isMark(letters[at])) at--;
  return unspaced.has(letters[at] ?? '');
}

/** Rule 3: whether a word may begin, or end, between two letters. */
function isBoundary(letters: string[], at: number, side: 'begin' | 'end'): boolean {
  if (side === 'begin' ? at === 0 : at === letters.length) return true;
  if (isMark(letters[at]) || joiners.has(letters[at - 1]!)) return false;
  if (isUnspaced(letters, at - 1) || isUnspaced(letters, at)) return true;
  const word = (index: number) => isWordLetter(letters[index]);
  if (side === 'begin') {
    if (letters[at - 1] === '_' && word(at - 2) && word(at)) return false;
    return !word(at - 1);
  }
  if (letters[at] === '_' && word(at - 1) && word(at + 1)) return false;
  if (letters[at] === "'" && word(at + 1)) return false;
  return !word(at);
}

/** Rule 3. */
function textMatches(test: Json, first: Json): boolean {
  const fold = (raw: string) => (test.ignoreAccents === true ? withoutAccents(plain(raw)) : plain(raw));
  const text = fold(first.text);
  if (text === '') return false;
  for (const raw of test.keywords) {
    const keyword = fold(raw);
    if (keyword === '') continue;
    const match = test.match ?? 'contains';
    if (match === 'contains' && text.split(keyword).length > 1) return true;
    if (match === 'equals' && text === keyword) return true;
    if (match === 'starts-with' && text.slice(0, keyword.length) === keyword) return true;
    if (match === 'word') {
      const letters = Array.from(text);
      const wanted = Array.from(keyword);
      for (let at = 0; at + wanted.length <= letters.length; at++) {
        const here = letters.slice(at, at + wanted.length).join('') === keyword;
        const to = at + wanted.length;
        if (here && isBoundary(letters, at, 'begin') && isBoundary(letters, to, 'end')) return true;
      }
    }
  }
  return false;
}

/** Rule 6: the text without closing characters at its end. */
function opened(folded: string): string {
  const letters = Array.from(folded);
  while (letters.length > 0 && (letters.at(-1) === ' ' || closing.has(letters.at(-1)!))) letters.pop();
  return letters.length > 0 ? letters.join('') : folded;
}

/**
 * Rule 6: returns the button that a typed text means. `translations`: each button's labels in all languages.
 */
function typedButton(labels: string[], translations: string[][], text: string): number {
  const typed = plain(text);
  if (typed === '') return -1;
  for (let at = 0; at < labels.length; at++) if (plain(labels[at]!) === typed) return at;
  for (let at = 0; at < labels.length; at++) if (opened(plain(labels[at]!)) === opened(typed)) return at;
  for (let at = 0; at < labels.length; at++)
    for (const label of translations[at]!) if (plain(label) === typed) return at;
  for (let at = 0; at < labels.length; at++)
    for (const label of translations[at]!) if (opened(plain(label)) === opened(typed)) return at;
  const number = opened(typed).split('\u20e3').join('');
  for (let at = 0; at < labels.length && at < 10; at++) {
    if (at === 9 && number === '\u{1f51f}') return at;
    for (const script of table['digitZeros'] as string[]) {
      const inScript = Array.from(String(at + 1), (digit) =>
        String.fromCodePoint(parseInt(script, 16) + Number(digit)),
      ).join('');
      if (number === inScript) return at;
    }
  }
  return -1;
}

/** Rule 4: one matching window is enough. In `alur.flow/1` the test itself is its only window. */
function timeMatches(test: Json, first: Json, flow: Json, zones: Json): boolean {
  const parts = first.at.match(/^(\d\d\d\d)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,9})?Z$/);
  if (!parts) return false;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number);
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return false;
  const isLeap = (y: number) => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  const lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (day > lengths[month - 1]!) return false;
  let days = 0;
  for (let y = 0; y < year; y++) days += isLeap(y) ? 366 : 365;
  for (let m = 0; m < month - 1; m++) days += lengths[m]!;
  days += day - 1;
  const epochDays = days - 719_528; // Days from 0000-01-01 to 1970-01-01.
  const ms =
    ((epochDays * 24 + hour) * 60 + minute) * 60_000 +
    second * 1000 +
    Math.floor(Number(parts[7] ?? 0) * 1000);

  const name = test.timeZone ? test.timeZone : flow.timeZone;
  if (!Object.keys(zones).includes(name)) return false;
  let offset = zones[name][0][1];
  for (const [from, minutes] of zones[name]) if (from <= ms) offset = minutes;

  const wall = Math.floor(ms / 60_000) + offset;
  const wallDay = Math.floor(wall / 1440);
  const now = wall - wallDay * 1440;
  const weekday = ((((wallDay + 3) % 7) + 7) % 7) + 1; // 1970-01-01 was a Thursday.
  const yesterday = weekday === 1 ? 7 : weekday - 1;

  const clock = (text: string, isEnd: boolean) => {
    if (isEnd && text === '24:00') return 1440;
    const at = text.match(/^(\d\d):(\d\d)$/);
    return at && Number(at[1]) < 24 && Number(at[2]) < 60 ? Number(at[1]) * 60 + Number(at[2]) : -1;
  };
  for (const window of test.windows ?? [test]) {
    const from = clock(window.from, false);
    const to = clock(window.to, true);
    if (from < 0 || to < 0) continue;
    const on = (which: number) => (window.days === undefined ? true : window.days.includes(which));
    if (from === to && on(weekday)) return true;
    if (from < to && now >= from && now < to && on(weekday)) return true;
    if (from > to && ((now >= from && on(weekday)) || (now < to && on(yesterday)))) return true;
  }
  return false;
}

function testMatches(test: Json | null, run: Json, flow: Json, zones: Json): boolean {
  if (test?.kind === 'first-message-text') return textMatches(test, run.first);
  if (test?.kind === 'first-message-time') return timeMatches(test, run.first, flow, zones);
  return false;
}

/** Rule 9. */
function filled(text: string, facts: Json): string {
  let rest = text;
  let out = '';
  while (rest !== '') {
    const open = rest.indexOf('{{');
    const close = open < 0 ? -1 : rest.indexOf('}}', open);
    if (close < 0) return out + rest;
    const inside = rest.slice(open + 2, close);
    const value = /[{}]/.test(inside) ? null : templateValue(inside, facts);
    if (value === null) {
      out += rest.slice(0, open + 1);
      rest = rest.slice(open + 1);
    } else {
      out += rest.slice(0, open) + value;
      rest = rest.slice(close + 2);
    }
  }
  return out;
}

function templateValue(inside: string, facts: Json): string | null {
  const bar = inside.indexOf('|');
  const path = bar < 0 ? inside : inside.slice(0, bar);
  const fallback = bar < 0 ? '' : inside.slice(bar + 1);
  const own = (holder: Json | undefined, key: string) =>
    holder && Object.keys(holder).includes(key) ? holder[key] : undefined;
  let value;
  if (path === 'visitor.name' || path === 'visitor.email' || path === 'visitor.phone') {
    value = own(own(facts, 'visitor'), path.slice('visitor.'.length));
  } else if (path === 'inbox.name') {
    value = own(own(facts, 'inbox'), 'name');
  } else if (/^visitor\.attributes\.[A-Za-z0-9_-]{1,64}$/.test(path)) {
    value = own(own(own(facts, 'visitor'), 'attributes'), path.slice('visitor.attributes.'.length));
  } else {
    return null;
  }
  // A value without visible characters counts as missing.
  const isSeen = typeof value === 'string' && Array.from(value).some((letter) => !invisible.has(letter));
  return isSeen ? value : fallback;
}

/** Rule 14: the text in the visitor's language. */
function inLanguage(plain: string, translations: Json | undefined, facts: Json): string {
  const renamed: Json = { in: 'id', iw: 'he', ji: 'yi' };
  const subtags = (tag: string) => {
    const [first, ...rest] = tag.toLowerCase().split('-') as [string, ...string[]];
    return [renamed[first] ?? first, ...rest];
  };
  const tags = Object.keys(translations ?? {})
    .filter((tag) => translations![tag] !== '')
    .sort();
  if (!facts.visitor?.language) return plain;
  const wanted = subtags(facts.visitor.language);
  for (let length = wanted.length; length > 0; length--) {
    if (length < wanted.length && wanted[length - 1]!.length === 1) continue;
    const found = tags.find((tag) => subtags(tag).join('-') === wanted.slice(0, length).join('-'));
    if (found !== undefined) return translations![found];
  }
  const near = tags.find((tag) => subtags(tag)[0] === wanted[0]);
  return near === undefined ? plain : translations![near];
}

function once(ids: string[]): string[] {
  return ids.filter((id, index) => ids.indexOf(id) === index);
}

/** Runs a flow with one input. Returns the same result as `advance`. */
export function naiveAdvance(
  flow: Json,
  zones: Json,
  run: Json,
  input: Json,
): { run: Json; effects: Json[] } {
  const kindOf = (id: string) => flow.cards[id]?.kind;
  let at: string | undefined;
  let last = '';
  let now: Json = { ...run };

  if (run.status === 'new' && input.kind === 'message') {
    now = { ...run, first: { id: input.id, at: input.at, text: input.text } };
    at = Object.keys(flow.cards).find((id) => kindOf(id) === 'start');
  } else if (run.status === 'waiting') {
    // Rule 6.
    last = run.waitingAt;
    const children: string[] = flow.cards[last].next;
    const buttons = children.filter((id) => kindOf(id) === 'button');
    if (input.kind === 'press') {
      if (input.cardId !== last || !buttons.includes(input.buttonId)) return { run, effects: [] };
      at = input.buttonId;
    } else {
      const own = (id: string) => inLanguage(flow.cards[id].label, flow.cards[id].labels, run.facts);
      const all = (id: string) => [flow.cards[id].label, ...Object.values(flow.cards[id].labels ?? {})];
      at = buttons[typedButton(buttons.map(own), buttons.map(all), input.text)];
      at ??= children.find((id) => kindOf(id) === 'else');
    }
  } else {
    return { run, effects: [] };
  }

  const effects: Json[] = [];
  const entered: string[] = [];
  const ended = (cardId: string, reason: string) => {
    effects.push({ kind: 'end', cardId, reason });
    return { run: { ...now, status: 'ended', waitingAt: null, endReason: reason }, effects };
  };

  for (;;) {
    if (at === undefined) return ended(last, 'unfinished');
    if (entered.includes(at)) return ended(at, 'loop');
    entered.push(at);
    last = at;
    const card = flow.cards[at];
    const imageUrl = inLanguage(card.imageUrl, card.imageUrls, run.facts);
    const image = imageUrl ? { imageUrl } : {};
    const text = inLanguage(card.text, card.texts, run.facts);
    switch (card.kind) {
      case 'label':
        effects.push({ kind: 'label', cardId: at, labelIds: once(card.labelIds) });
        break;
      case 'collaborator':
        effects.push({
          kind: 'collaborator',
          cardId: at,
          agentIds: once(card.agentIds),
          teamIds: once(card.teamIds),
        });
        break;
      case 'message':
        effects.push({ kind: 'send-message', cardId: at, text: filled(text, run.facts), ...image });
        break;
      case 'webhook':
        effects.push({ kind: 'webhook', cardId: at });
        break;
      case 'buttons': {
        const buttons = card.next
          .filter((id: string) => kindOf(id) === 'button')
          .map((id: string) => ({
            id,
            label: inLanguage(flow.cards[id].label, flow.cards[id].labels, run.facts),
          }));
        effects.push({
          kind: 'send-buttons',
          cardId: at,
          text: filled(text, run.facts),
          ...image,
          buttons,
        });
        return { run: { ...now, status: 'waiting', waitingAt: at }, effects };
      }
      case 'assign-ai':
        effects.push({
          kind: 'assign-ai',
          cardId: at,
          aiAgentId: card.aiAgentId ?? '',
          agentIds: once(card.agentIds),
        });
        return ended(at, 'assigned');
      case 'assign-human':
        effects.push({
          kind: 'assign-human',
          cardId: at,
          agentIds: once(card.agentIds),
          teamIds: once(card.teamIds),
          skipAiReplyTo: card.skipLastAiResponse ? input.id : null,
        });
        return ended(at, 'assigned');
    }
    if (card.kind === 'jump') {
      const known = card.to !== null && Object.keys(flow.cards).includes(card.to);
      at = known && !['start', 'condition', 'else', 'button'].includes(kindOf(card.to)) ? card.to : undefined;
    } else if (card.next.length > 1) {
      // Rule 2.
      at = card.next.find(
        (id: string) => kindOf(id) === 'else' || testMatches(flow.cards[id].test, now, flow, zones),
      );
    } else {
      at = card.next[0];
    }
  }
}
