import type {
  CreateVisitor,
  EventPage,
  FlowPin,
  PublicFlow,
  Turn,
  TurnResult,
  VisitorConversation,
  VisitorSession,
  WidgetConfig,
} from '@alur/protocol';
import type { OutboxEntry, VisitorNote } from '../outbox/outbox-rows.ts';
import { isSmall, requestJson, toJson, type Call } from '../request.ts';
import type { Runtime } from '../runtime.ts';
import { widgetUrl, type InboxAddress } from './inbox-address.ts';

/** Selects messages of a conversation. */
export interface ConversationPage {
  /** Messages older than this log number. Default: the newest ones. */
  before?: number;
  limit?: number;
  signal?: AbortSignal | undefined;
}

/** Calls of the visitor API, one function per operation. */
export interface VisitorApi {
  config(signal?: AbortSignal): Promise<WidgetConfig>;
  publicFlow(pin: FlowPin, signal?: AbortSignal): Promise<PublicFlow>;
  createVisitor(body: CreateVisitor): Promise<VisitorSession>;
  refresh(refreshToken: string): Promise<VisitorSession>;
  conversation(token: string, page?: ConversationPage): Promise<VisitorConversation>;
  submitTurn(token: string, turn: Turn): Promise<TurnResult>;
  events(token: string, query: { after: string; wait: number }, signal: AbortSignal): Promise<EventPage>;
  typing(token: string): Promise<void>;
  erase(token: string): Promise<void>;
  /** Sends an outbox entry that is not a turn. */
  note(token: string, entry: OutboxEntry<VisitorNote>): Promise<void>;
}

/** Creates the calls of the visitor API. */
export function createVisitorApi(runtime: Runtime, address: InboxAddress): VisitorApi {
  const call = <T>(path: string, options: Omit<Call, 'url'>) =>
    requestJson<T>(runtime, { url: widgetUrl(address, path), ...options });
  return {
    config: (signal) => call<WidgetConfig>('config', { signal }),
    publicFlow: ({ id, version }, signal) =>
      call<PublicFlow>(`flows/${encodeURIComponent(id)}/versions/${version}`, { signal }),
    createVisitor: (body) => call<VisitorSession>('visitors', { body }),
    refresh: (refreshToken) => call<VisitorSession>('visitors/refresh', { body: { refreshToken } }),
    conversation(token, { signal, ...query } = {}) {
      return call<VisitorConversation>(withQuery('conversation', query), { token, signal });
    },
    submitTurn: (token, turn) =>
      call<TurnResult>('turns', {
        token,
        // The claim is optional. Leave it out if the flow's texts make the turn too long for the host.
        body: isSmall(toJson(turn)) ? turn : { ...turn, effects: undefined },
        keepalive: true,
      }),
    events(token, query, signal) {
      const timeoutMs = (query.wait + 15) * 1000;
      return call<EventPage>(withQuery('events', query), { token, signal, timeoutMs });
    },
    typing: (token) => call<void>('typing', { token, method: 'POST' }),
    erase: (token) => call<void>('visitor', { token, method: 'DELETE' }),
    note: (token, entry) =>
      call<void>(entry.kind, {
        token,
        body: entry.kind === 'read' ? { seq: entry.upTo } : { id: entry.id, ...entry.note },
        keepalive: true,
      }),
  };
}

function withQuery(path: string, query: Record<string, string | number>): string {
  const text = String(new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)])));
  return text ? `${path}?${text}` : path;
}
