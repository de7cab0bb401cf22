import { safeUrl } from './safe-url.ts';

/** A piece of a text: plain, or a link. */
export interface TextPart {
  text: string;
  href?: string;
}

/** An address in running text; what follows it as punctuation is left to the sentence. */
const LINK = /\b(?:https?:\/\/|www\.|mailto:|tel:)[^\s<>"'`]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu;
const TRAILING = /[.,;:!?'"»”’]+$/u;

/** Cuts a text into plain pieces and safe links. Joining the pieces gives the text again. */
export function linkParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const words = withoutTail(match[0]);
    const href = safeUrl(addressOf(words));
    if (!href) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: words, href });
    end = match.index + words.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

function addressOf(words: string): string {
  if (/^www\./i.test(words)) return `https://${words}`;
  return /^[a-z]+:/i.test(words) ? words : `mailto:${words}`;
}

/** Without closing punctuation; a closing bracket stays when it was opened inside. */
function withoutTail(words: string): string {
  const cut = words.replace(TRAILING, '');
  return cut.endsWith(')') && !cut.includes('(') ? withoutTail(cut.slice(0, -1)) : cut;
}
