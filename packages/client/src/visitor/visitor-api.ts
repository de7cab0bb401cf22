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
import { requestJson, type Call } from '../request.ts';
import type { Runtime } from '../runtime.ts';
import { widgetUrl, type InboxAddress } from './inbox-address.ts';

/** A turn is worth a keepalive request up to this many UTF-16 units of text; a page may have 64 KiB of them in flight. */
const KEEPALIVE_TEXT = 8_000;

/** The calls of the visitor's door, one function an operation. */
export function createVisitorApi(runtime: Runtime, address: InboxAddress) {
  const call = <T>(path: string, options: Omit<Call, 'url'>) =>
    requestJson<T>(runtime, { url: widgetUrl(address, path), ...options });
  return {
    config: (signal?: AbortSignal) => call<WidgetConfig>('config', { signal }),
    publicFlow: ({ id, version }: FlowPin, signal?: AbortSignal) =>
      call<PublicFlow>(`flows/${encodeURIComponent(id)}/versions/${version}`, { signal }),
    createVisitor: (body: CreateVisitor) => call<VisitorSession>('visitors', { body }),
    refresh: (refreshToken: string) => call<VisitorSession>('visitors/refresh', { body: { refreshToken } }),
    conversation(token: string, options: { before?: number; limit?: number; signal?: AbortSignal } = {}) {
      const { signal, ...query } = options;
      return call<VisitorConversation>(withQuery('conversation', query), { token, signal });
    },
    submitTurn: (token: string, turn: Turn) =>
      call<TurnResult>('turns', {
        token,
        body: turn,
        keepalive: turn.input.kind === 'press' || turn.input.text.length <= KEEPALIVE_TEXT,
      }),
    events(token: string, query: { after: string; wait: number }, signal: AbortSignal) {
      const timeoutMs = (query.wait + 15) * 1000;
      return call<EventPage>(withQuery('events', query), { token, signal, timeoutMs });
    },
    typing: (token: string) => call<void>('typing', { token, method: 'POST' }),
    read: (token: string, seq: number) => call<void>('read', { token, body: { seq }, keepalive: true }),
  };
}

/** The calls of the visitor's door. */
export type VisitorApi = ReturnType<typeof createVisitorApi>;

function withQuery(path: string, query: Record<string, string | number>): string {
  const text = String(new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)])));
  return text ? `${path}?${text}` : path;
}
