import assert from 'node:assert/strict';
import {
  uniqueId,
  type Turn,
  type TurnResult,
  type VisitorConversation,
  type VisitorSession,
} from '@alur/client';
import { createCall, type Answered } from './call-host.ts';

/** The result of a turn, or its problem. */
export type TurnAnswer = Answered<TurnResult & { code?: string }>;

/** A visitor without a client, which can post any turn. */
export interface RawVisitor {
  readonly token: string;
  readonly refreshToken: string;
  readonly visitorId: string;
  /** Number of the last acknowledged turn. */
  readonly seq: number;
  /** Session of the last response. */
  readonly session: string;
  /** Returns a message as a turn with the next number. `change` overrides members. */
  message(text: string, change?: Partial<Turn>): Turn;
  press(cardId: string, buttonId: string, change?: Partial<Turn>): Turn;
  post(turn: Turn): Promise<TurnAnswer>;
  /** Reads `path` of the visitor API, such as `conversation?limit=20`. */
  get<T>(path: string, signal?: AbortSignal): Promise<Answered<T>>;
  view(): Promise<VisitorConversation>;
}

/** Creates a visitor of `inboxId` whose requests come from `address`, on a host that trusts its proxy. */
export async function createRawVisitor(
  hostUrl: string,
  { inboxId, address }: { inboxId: string; address?: string },
): Promise<RawVisitor> {
  const base = `/v1/widget/${inboxId}`;
  const call = createCall(hostUrl, address);
  let seq = 0;
  let session = uniqueId();

  const begun = await call<VisitorSession>(`${base}/visitors`, { body: {} });
  assert.equal(begun.status, 201, 'a visitor begins');
  const { token, refreshToken, visitorId } = begun.body;

  function createTurn(input: (id: string, at: string) => Turn['input'], change: Partial<Turn>): Turn {
    const id = change.id ?? uniqueId();
    return { id, session, seq: seq + 1, input: input(id, new Date().toISOString()), ...change };
  }
  return {
    token,
    refreshToken,
    visitorId,
    get seq() {
      return seq;
    },
    get session() {
      return session;
    },
    message: (text, change = {}) => createTurn((id, at) => ({ kind: 'message', id, at, text }), change),
    press: (cardId, buttonId, change = {}) =>
      createTurn((id, at) => ({ kind: 'press', id, at, cardId, buttonId }), change),
    async post(turn) {
      const answer = await call<TurnResult>(`${base}/turns`, { body: turn, token });
      if (answer.status === 200) {
        seq = Math.max(seq, answer.body.seq);
        session = answer.body.session.id;
      }
      return answer;
    },
    get: (path, signal) => call(`${base}/${path}`, { token, signal }),
    async view() {
      return (await call<VisitorConversation>(`${base}/conversation?limit=200`, { token })).body;
    },
  };
}
