import assert from 'node:assert/strict';
import {
  uniqueId,
  type Turn,
  type TurnResult,
  type VisitorConversation,
  type VisitorSession,
} from '@alur/client';
import { INBOX } from './workspace.ts';

/** An answer, read. */
export interface Answered<T> {
  status: number;
  body: T;
}

/** What a turn's answer may be: the host's word, or its problem. */
export type TurnAnswer = Answered<TurnResult & { code?: string }>;

/** A visitor without a client: it posts whatever it is told to. */
export interface RawVisitor {
  readonly token: string;
  readonly visitorId: string;
  /** The last turn number that was acknowledged. */
  readonly seq: number;
  /** The session of the last answer. */
  readonly session: string;
  /** A message as a turn, numbered as the next one, with `change` over it. */
  message(text: string, change?: Partial<Turn>): Turn;
  press(cardId: string, buttonId: string, change?: Partial<Turn>): Turn;
  post(turn: Turn): Promise<TurnAnswer>;
  view(): Promise<VisitorConversation>;
}

export async function createRawVisitor(hostUrl: string): Promise<RawVisitor> {
  const base = `${hostUrl}/v1/widget/${INBOX}`;
  let seq = 0;
  let session = uniqueId();

  async function call<T>(path: string, body?: object, token?: string): Promise<Answered<T>> {
    const response = await fetch(`${base}/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        ...(body && { 'Content-Type': 'application/json' }),
        ...(token && { Authorization: `Bearer ${token}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T };
  }
  const begun = await call<VisitorSession>('visitors', {});
  assert.equal(begun.status, 201, 'a visitor begins');
  const { token, visitorId } = begun.body;

  function turnOf(input: (id: string, at: string) => Turn['input'], change: Partial<Turn>): Turn {
    const id = change.id ?? uniqueId();
    return { id, session, seq: seq + 1, input: input(id, new Date().toISOString()), ...change };
  }
  return {
    token,
    visitorId,
    get seq() {
      return seq;
    },
    get session() {
      return session;
    },
    message: (text, change = {}) => turnOf((id, at) => ({ kind: 'message', id, at, text }), change),
    press: (cardId, buttonId, change = {}) =>
      turnOf((id, at) => ({ kind: 'press', id, at, cardId, buttonId }), change),
    async post(turn) {
      const answer = await call<TurnResult>('turns', turn, token);
      if (answer.status === 200) {
        seq = Math.max(seq, answer.body.seq);
        session = answer.body.session.id;
      }
      return answer;
    },
    async view() {
      return (await call<VisitorConversation>('conversation?limit=200', undefined, token)).body;
    },
  };
}
