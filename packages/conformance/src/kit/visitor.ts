import type {
  ConversationEvent,
  EventPage,
  TurnResult,
  VisitorConversation,
  VisitorSession,
} from '@alur/protocol';
import { expectStatus, Unmet } from './expect.ts';
import type { Host, Request } from './host.ts';
import type { Answer } from './answer.ts';
import { uuid7 } from './ids.ts';
import { openStream, type Stream } from './stream.ts';

/** A turn as it is posted. The type is loose because the kit also sends invalid turns. */
export interface TurnBody {
  id: string;
  session: string;
  seq: number;
  input: { kind: string; id: string; at: string; [field: string]: unknown };
  [field: string]: unknown;
}

/**
 * A visitor of one inbox that behaves like a widget: it creates ids, counts its turns and keeps its cursor.
 */
export class Visitor {
  readonly host: Host;
  readonly inboxId: string;
  readonly tokens: VisitorSession;
  /** The session that the visitor assumes. */
  session = uuid7();
  /** Sequence number of its last acknowledged turn. */
  seq = 0;

  constructor(host: Host, inboxId: string, tokens: VisitorSession) {
    this.host = host;
    this.inboxId = inboxId;
    this.tokens = tokens;
  }

  static async create(host: Host, inboxId: string, body: object = {}): Promise<Visitor> {
    const answer = await host.call('createVisitor', { path: { inboxId }, body });
    expectStatus(answer, 201, 'createVisitor');
    return new Visitor(host, inboxId, answer.body as VisitorSession);
  }

  get id(): string {
    return this.tokens.visitorId;
  }

  call(operation: string, request: Request = {}): Promise<Answer> {
    return this.host.call(operation, {
      token: this.tokens.token,
      ...request,
      path: { inboxId: this.inboxId, ...request.path },
    });
  }

  /** Returns the next turn; `extra` overrides members. */
  message(text: string, extra: Partial<TurnBody> = {}): TurnBody {
    const id = extra.id ?? uuid7();
    return {
      id,
      session: this.session,
      seq: this.seq + 1,
      input: { kind: 'message', id, at: new Date().toISOString(), text },
      ...extra,
    };
  }

  pressOf(cardId: string, buttonId: string, extra: Partial<TurnBody> = {}): TurnBody {
    const turn = this.message('', extra);
    const { id, at } = turn.input;
    return { ...turn, input: { kind: 'press', id, at, cardId, buttonId } };
  }

  /** Posts a turn. Advances the count when it is stored. */
  async post(turn: TurnBody): Promise<Answer> {
    const answer = await this.call('submitTurn', { body: turn });
    if (answer.status === 200) this.#keep(answer.body as TurnResult);
    return answer;
  }

  /** Posts a turn that must be stored. */
  async take(turn: TurnBody): Promise<TurnResult> {
    const answer = await this.post(turn);
    expectStatus(answer, 200, 'submitTurn');
    return answer.body as TurnResult;
  }

  say(text: string, extra: Partial<TurnBody> = {}): Promise<TurnResult> {
    return this.take(this.message(text, extra));
  }

  press(cardId: string, buttonId: string, extra: Partial<TurnBody> = {}): Promise<TurnResult> {
    return this.take(this.pressOf(cardId, buttonId, extra));
  }

  async snapshot(query: Request['query'] = {}): Promise<VisitorConversation> {
    const answer = await this.call('getVisitorConversation', { query });
    expectStatus(answer, 200, 'getVisitorConversation');
    return answer.body as VisitorConversation;
  }

  async page(query: Request['query'] = {}): Promise<EventPage> {
    const answer = await this.call('listVisitorEvents', { query });
    expectStatus(answer, 200, 'listVisitorEvents');
    return answer.body as EventPage;
  }

  /** Returns all events after a cursor. */
  async events(after = '', limit = 200): Promise<ConversationEvent[]> {
    const events: ConversationEvent[] = [];
    for (let pages = 0, cursor = after; pages < 300; pages++) {
      const page = await this.page({ after: cursor, limit });
      events.push(...page.events);
      if (!page.more) return events;
      cursor = page.cursor;
    }
    throw new Unmet('catching up comes to an end', 'still `more` after 300 pages');
  }

  stream(query: Request['query'] = {}, headers: Record<string, string> = {}): Promise<Stream> {
    const operation = this.host.operation('streamVisitorEvents');
    const path = this.host.pathOf(operation, { path: { inboxId: this.inboxId }, query });
    return openStream(this.host, path, { token: this.tokens.token, headers });
  }

  #keep(result: TurnResult): void {
    this.seq = result.seq;
    this.session = result.session.id;
  }
}
