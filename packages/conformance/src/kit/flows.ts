/**
 * Flows for the checks, with their expected effects. Texts are short on purpose. Ids of labels and agents are
 * the account's own.
 *
 * @module
 */
import type { PublicEffect } from '@alur/protocol';
import type { Account, Cards } from './account.ts';

/**
 * Returns a flow that labels "urgent" and hands it over without an AI reply. Every other message gets a
 * question with two buttons: `Pesanan` labels and hands over, `Lainnya` asks again, any typed text adds a
 * collaborator and hands over.
 */
export function deskFlow({ labels, agents }: Pick<Account, 'labels' | 'agents'>, ask = ASK): Cards {
  const [first, second] = agents;
  const human = (skipLastAiResponse: boolean): Cards[string] => ({
    kind: 'assign-human',
    agentIds: [first!.id, second!.id],
    teamIds: [],
    skipLastAiResponse,
    next: [],
  });
  return {
    start: { kind: 'start', next: ['urgent', 'rest'] },
    urgent: {
      kind: 'condition',
      test: { kind: 'first-message-text', match: 'word', keywords: ['urgent'] },
      title: 'only for authors',
      next: ['flag'],
    },
    flag: { kind: 'label', labelIds: [labels[1]!.id], note: 'only for authors', next: ['hello'] },
    hello: { kind: 'message', text: 'Halo {{visitor.name|kak}}.', next: ['quick'] },
    quick: human(true),
    rest: { kind: 'else', next: ['ask'] },
    ask: { kind: 'buttons', text: ask, next: ['order', 'other', 'typed'] },
    order: { kind: 'button', label: 'Pesanan', next: ['mark'] },
    other: { kind: 'button', label: 'Lainnya', next: ['again'] },
    typed: { kind: 'else', next: ['heard'] },
    mark: { kind: 'label', labelIds: [labels[0]!.id], next: ['thanks'] },
    thanks: { kind: 'message', text: 'Terima kasih.', next: ['people'] },
    people: human(false),
    again: { kind: 'jump', to: 'ask', next: [] },
    heard: { kind: 'message', text: 'Baik.', next: ['helper'] },
    helper: { kind: 'collaborator', agentIds: [second!.id], teamIds: [], next: ['people2'] },
    people2: human(false),
  };
}

const ASK = 'Ada yang bisa dibantu?';

/** Expected public effects of `deskFlow`. */
export const DESK = {
  asked: (text = ASK): PublicEffect[] => [
    {
      kind: 'send-buttons',
      cardId: 'ask',
      text,
      buttons: [
        { id: 'order', label: 'Pesanan' },
        { id: 'other', label: 'Lainnya' },
      ],
    },
  ],
  ordered: [
    { kind: 'label', cardId: 'mark' },
    { kind: 'send-message', cardId: 'thanks', text: 'Terima kasih.' },
    { kind: 'assign-human', cardId: 'people', skipAiReplyTo: null },
    { kind: 'end', cardId: 'people', reason: 'assigned' },
  ] satisfies PublicEffect[],
  heard: [
    { kind: 'send-message', cardId: 'heard', text: 'Baik.' },
    { kind: 'collaborator', cardId: 'helper' },
    { kind: 'assign-human', cardId: 'people2', skipAiReplyTo: null },
    { kind: 'end', cardId: 'people2', reason: 'assigned' },
  ] satisfies PublicEffect[],
  urgent: (turnId: string, name = 'kak'): PublicEffect[] => [
    { kind: 'label', cardId: 'flag' },
    { kind: 'send-message', cardId: 'hello', text: `Halo ${name}.` },
    { kind: 'assign-human', cardId: 'quick', skipAiReplyTo: turnId },
    { kind: 'end', cardId: 'quick', reason: 'assigned' },
  ],
};

/** Returns a flow that sends one message and then hands over to a human. */
export function lineFlow({ agents }: Pick<Account, 'agents'>, text: string, extra: object = {}): Cards {
  return {
    start: { kind: 'start', next: ['line'] },
    line: { kind: 'message', text, next: ['people'] },
    people: {
      kind: 'assign-human',
      agentIds: [agents[0]!.id],
      teamIds: [],
      skipLastAiResponse: false,
      next: [],
      ...extra,
    },
  };
}
