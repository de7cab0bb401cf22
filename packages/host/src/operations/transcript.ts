import { isTimeZone } from '@alur/flow';
import type { Message } from '@alur/protocol';
import { HostProblem, notFound } from '../problem.ts';
import type { ConversationState } from './conversation-state.ts';
import type { Records, VisitorScope } from './records.ts';
import { requireVisitor } from './visitors.ts';

/** Languages of a transcript. */
export type TranscriptLanguage = 'id' | 'en';

/** Transcript, and its last day for the file name. */
export interface Transcript {
  text: string;
  day: string;
}

const MAX_MESSAGES = 5_000;
const PAGE = 500;

const WORDS = {
  id: {
    locale: 'id-ID',
    title: (inbox: string) => `Percakapan dengan ${inbox}`,
    times: (zone: string) => `Semua jam menurut zona ${zone}.`,
    cut: `Hanya ${MAX_MESSAGES} pesan terakhir.`,
    nothing: 'Belum ada pesan.',
    you: 'Anda',
    agent: 'Agen',
    file: (name: string, size: string) => `[berkas: ${name}, ${size}]`,
  },
  en: {
    locale: 'en-GB',
    title: (inbox: string) => `Conversation with ${inbox}`,
    times: (zone: string) => `All times are in the zone ${zone}.`,
    cut: `Only the last ${MAX_MESSAGES} messages.`,
    nothing: 'No messages yet.',
    you: 'You',
    agent: 'Agent',
    file: (name: string, size: string) => `[file: ${name}, ${size}]`,
  },
} as const;

/** Returns the visitor's conversation as plain text. Throws `invalid_request` for an unknown time zone. */
export async function getTranscript(
  records: Records,
  { language, timeZone, ...scope }: VisitorScope & { language: TranscriptLanguage; timeZone: string },
): Promise<Transcript> {
  await requireVisitor(records, scope);
  const inbox = await records.findInboxById(scope.inboxId);
  if (!inbox) throw notFound('inbox');
  requireZone(timeZone);
  const state = await records.findConversation(scope);
  const messages = state ? await newestMessages(records, state) : [];
  const isCut = messages.length > MAX_MESSAGES;
  const shown = messages.slice(0, MAX_MESSAGES).reverse();
  return {
    text: transcriptOf(shown, { inboxName: inbox.name, language, timeZone, isCut }),
    day: dayIn(timeZone, records.now, 'en-CA'),
  };
}

/**
 * Returns the newest messages, newest first. When there are more than the transcript shows, returns one more.
 */
async function newestMessages(records: Records, { id, head }: ConversationState): Promise<Message[]> {
  const messages: Message[] = [];
  let before = head + 1;
  while (messages.length <= MAX_MESSAGES) {
    const page = await records.listMessages(id, before, PAGE);
    messages.push(...page);
    if (page.length < PAGE) break;
    before = page.at(-1)!.seq;
  }
  return messages;
}

function requireZone(timeZone: string): void {
  if (isTimeZone(timeZone)) return;
  throw new HostProblem('invalid_request', `There is no time zone "${timeZone}".`, {
    fields: [{ path: '/query/timeZone', message: 'must be an IANA time zone' }],
  });
}

/**
 * Formats messages as lines. Further lines of a message are indented, so that none looks like a message of
 * its own.
 */
export function transcriptOf(
  messages: readonly Message[],
  {
    inboxName,
    language,
    timeZone,
    isCut,
  }: { inboxName: string; language: TranscriptLanguage; timeZone: string; isCut: boolean },
): string {
  const words = WORDS[language];
  const days = new Intl.DateTimeFormat(words.locale, { timeZone, dateStyle: 'full' });
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  const lines = [toPlainText(words.title(inboxName)), words.times(timeZone), ...(isCut ? [words.cut] : [])];
  let day = '';
  for (const message of messages) {
    const at = new Date(message.at);
    const messageDay = days.format(at);
    if (messageDay !== day) lines.push('', `== ${messageDay} ==`);
    day = messageDay;
    const who = { visitor: words.you, bot: inboxName, ai: '', agent: '' }[message.author.kind];
    const name = toPlainText(who || message.author.name || words.agent);
    lines.push(`[${clock.format(at)}] ${name}: ${messageText(message, words.file)}`);
  }
  if (messages.length === 0) lines.push('', words.nothing);
  return `${lines.join('\n')}\n`;
}

const INDENT = '\n        ';

function messageText(message: Message, file: (name: string, size: string) => string): string {
  const { text, buttons = [], attachments = [], imageUrl } = message;
  return [
    ...(text === '' ? [] : [toPlainText(text, INDENT)]),
    ...buttons.map(({ label }, index) => `${index + 1}. ${toPlainText(label)}`),
    ...(imageUrl ? [toPlainText(imageUrl)] : []),
    ...attachments.map(({ name, size }) => file(toPlainText(name), `${Math.ceil(size / 1024)} KiB`)),
  ].join(INDENT);
}

/**
 * Removes control characters and characters that change the text direction. Replaces line breaks with
 * `lineBreak`.
 */
function toPlainText(text: string, lineBreak = ' '): string {
  return (
    text
      .replaceAll(/\r\n?|[\n\u2028\u2029]/g, '\n')
      // oxlint-disable-next-line no-control-regex -- removes control characters
      .replaceAll(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, ' ')
      .replaceAll('\n', lineBreak)
  );
}

function dayIn(timeZone: string, at: Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at);
}
