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

/** Creates the calls of the visitor API, one function per operation. */
export function createVisitorApi(runtime: Runtime, address: InboxAddress) {
  const call = <T>(path: string, options: Omit<Call, 'url'>) =>
    requestJson<T>(runtime, { url: widgetUrl(address, path), ...options });
  return {
    config: (signal?: AbortSignal) => call<WidgetConfig>('config', { signal }),
    publicFlow: ({ id, version }: FlowPin, signal?: AbortSignal) =>
      call<PublicFlow>(`flows/${encodeURIComponent(id)}/versions/${version}`, { signal }),
    createVisitor: (body: CreateVisitor) => call<VisitorSession>('visitors', { body }),
    refresh: (refreshToken: string) => call<VisitorSession>('visitors/refresh', { body: { refreshToken } }),
    conversation(
      token: string,
      options: { before?: number; limit?: number; signal?: AbortSignal | undefined } = {},
    ) {
      const { signal, ...query } = options;
      return call<VisitorConversation>(withQuery('conversation', query), { token, signal });
    },
    submitTurn: (token: string, turn: Turn) =>
      call<TurnResult>('turns', {
        token,
        // The claim is optional. Leave it out if the flow's texts make the turn too long for the host.
        body: isSmall(toJson(turn)) ? turn : { ...turn, effects: undefined },
        keepalive: true,
      }),
    events(token: string, query: { after: string; wait: number }, signal: AbortSignal) {
      const timeoutMs = (query.wait + 15) * 1000;
      return call<EventPage>(withQuery('events', query), { token, signal, timeoutMs });
    },
    typing: (token: string) => call<void>('typing', { token, method: 'POST' }),
    erase: (token: string) => call<void>('visitor', { token, method: 'DELETE' }),
    /** Sends outbox entries that are not turns. */
    note: (token: string, entry: OutboxEntry<VisitorNote>) =>
      call<void>(entry.kind, {
        token,
        body: entry.kind === 'read' ? { seq: entry.upTo } : { id: entry.id, ...entry.note },
        keepalive: true,
      }),
  };
}

/** Calls of the visitor API. */
export type VisitorApi = ReturnType<typeof createVisitorApi>;

function withQuery(path: string, query: Record<string, string | number>): string {
  const text = String(new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)])));
  return text ? `${path}?${text}` : path;
}
