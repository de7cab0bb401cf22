import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type {
  Conversation,
  ConversationEvent,
  EventPage,
  PublicEffect,
  Turn,
  TurnResult,
  VisitorConversation,
  VisitorSession,
} from '@alur/protocol';
import { createHost, type Host, type HostOptions } from '../create-host.ts';
import type { Database } from '../database/database.ts';
import { openPostgres } from '../database/postgres-database.ts';
import { importWorkspace } from '../import-workspace.ts';
import type { Workspace } from '../workspace.ts';
import { onPostgres, withSchema } from './postgres-schema.ts';
import { openTemplate } from './open-template.ts';
import { workspaceOf } from './test-workspace.ts';

/** Databases of the suite: in memory always, and PostgreSQL when `ALUR_TEST_POSTGRES_URL` is set. */
export const databases: readonly { name: string; postgresUrl: string | undefined }[] = [
  { name: 'PGlite', postgresUrl: undefined },
  ...[process.env['ALUR_TEST_POSTGRES_URL']].flatMap((postgresUrl) =>
    postgresUrl ? [{ name: 'PostgreSQL', postgresUrl }] : [],
  ),
];

/** Creates a clock that changes only when a test advances it. */
export function createClock(start = '2026-11-22T03:00:00.000Z') {
  let now = Date.parse(start);
  return Object.assign(() => now, {
    /** Advances the clock by milliseconds. */
    pass: (ms: number) => void (now += ms),
    iso: (offsetMs = 0) => new Date(now + offsetMs).toISOString(),
  });
}

export type Clock = ReturnType<typeof createClock>;

/** A response with its parsed body. */
export interface Answered<T> {
  status: number;
  headers: Headers;
  body: T;
}

export interface CallOptions {
  method?: string;
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/**
 * Creates a host for tests: it has no limits, validates every response against the contract, and collects
 * internal errors. `wrap` may put a wrapper between the host and its database.
 */
export async function createTestHost(
  {
    wrap = (opened) => opened,
    kindsModule: module,
    ...options
  }: HostOptions & { clock?: Clock; wrap?: (opened: Database) => Database } = {},
  database = databases[0],
): Promise<TestHost> {
  const clock = options.clock ?? createClock();
  const faults: unknown[] = [];
  const logger = {
    info() {},
    warn() {},
    error: (message: string, error?: unknown) => faults.push(error ?? message),
  };
  const kindsModule = module === undefined ? null : String(module);
  const schema = `test_${randomBytes(6).toString('hex')}`;
  const opened: Database =
    options.database ??
    (database?.postgresUrl
      ? await openPostgres({
          url: await withSchema(database.postgresUrl, schema),
          clock,
          logger,
          kindsModule,
        })
      : await openTemplate(clock, kindsModule));
  const host = await createHost({
    limits: false,
    checkResponses: true,
    logger,
    ...options,
    database: wrap(opened),
    clock,
  });

  async function call<T = never>(path: string, { method, token, body, headers }: CallOptions = {}) {
    const response = await host.app.request(path, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed = text === '' ? null : (JSON.parse(text) as T);
    return { status: response.status, headers: response.headers, body: parsed as T };
  }

  /** Repeats the check until it passes; fails after ten seconds. */
  async function until<T>(check: () => Promise<T | undefined | null | false>): Promise<T> {
    const guard = AbortSignal.timeout(10_000);
    for (;;) {
      const value = await check();
      if (value) return value;
      if (guard.aborted) throw new Error('It never came true.');
      await pause(10);
    }
  }

  return {
    host,
    clock,
    faults,
    call,
    until,
    async workspace(change = {}, suffix = randomBytes(5).toString('hex')) {
      const workspace = workspaceOf(suffix, change);
      const result = await importWorkspace(host, workspace);
      return {
        workspace,
        drafts: result.drafts,
        accountId: workspace.account.id,
        inboxId: workspace.inboxes?.[0]?.id ?? '',
        key: workspace.account.apiKeys[0] ?? '',
      };
    },
    async close() {
      await host.close();
      if (database?.postgresUrl) await onPostgres(database.postgresUrl, `drop schema ${schema} cascade`);
      assert.deepEqual(faults, [], 'something went wrong inside the host');
    },
  };
}

export interface TestHost {
  host: Host;
  clock: Clock;
  faults: unknown[];
  call<T = never>(path: string, options?: CallOptions): Promise<Answered<T>>;
  until<T>(check: () => Promise<T | undefined | null | false>): Promise<T>;
  workspace(change?: Partial<Workspace>, suffix?: string): Promise<TestWorkspace>;
  close(): Promise<void>;
}

export interface TestWorkspace {
  workspace: Workspace;
  drafts: { flowId: string }[];
  accountId: string;
  inboxId: string;
  key: string;
}

/** Parts of a turn that a test may set; the rest has defaults. */
export type TurnChange = Partial<Omit<Turn, 'input'>> & { at?: string };

/** Creates a visitor that numbers turns as a widget does. */
export async function createTestVisitor(host: TestHost, inboxId: string, identity?: string) {
  const created = await host.call<VisitorSession>(`/v1/widget/${inboxId}/visitors`, {
    body: { ...(identity !== undefined && { identity }) },
  });
  assert.equal(created.status, 201, JSON.stringify(created.body));
  const { visitorId } = created.body;
  let { token, refreshToken } = created.body;
  const suffix = visitorId.slice(-6);
  let count = 0;
  let seq = 0;
  let session = `ses_${suffix}`;

  async function turn(body: Turn): Promise<Answered<TurnResult & { code?: string; expected?: number }>> {
    const answer = await host.call<TurnResult>(`/v1/widget/${inboxId}/turns`, { token, body });
    if (answer.status === 200) {
      ({ seq } = answer.body);
      session = answer.body.session.id;
    }
    return answer;
  }

  async function accepted(body: Turn): Promise<TurnResult> {
    const answer = await turn(body);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body;
  }

  const visitor = {
    visitorId,
    verified: created.body.verified,
    get token() {
      return token;
    },
    get refreshToken() {
      return refreshToken;
    },
    /** Gets new tokens, as a widget does before they expire. */
    async renew(): Promise<void> {
      const path = `/v1/widget/${inboxId}/visitors/refresh`;
      const answer = await host.call<VisitorSession>(path, { body: { refreshToken } });
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      ({ token, refreshToken } = answer.body);
    },
    /** Returns a turn's body without sending it. */
    say(text: string, { at = host.clock.iso(), ...change }: TurnChange = {}): Turn {
      const id = change.id ?? `t${++count}-${suffix}`;
      return { id, session, seq: seq + 1, input: { kind: 'message', id, at, text }, ...change };
    },
    tap(cardId: string, buttonId: string, { at = host.clock.iso(), ...change }: TurnChange = {}): Turn {
      const id = change.id ?? `t${++count}-${suffix}`;
      return { id, session, seq: seq + 1, input: { kind: 'press', id, at, cardId, buttonId }, ...change };
    },
    turn,
    message: (text: string, change?: TurnChange) => accepted(visitor.say(text, change)),
    press: (cardId: string, buttonId: string, change?: TurnChange) =>
      accepted(visitor.tap(cardId, buttonId, change)),
    async snapshot(query = ''): Promise<VisitorConversation> {
      const path = `/v1/widget/${inboxId}/conversation${query}`;
      return (await host.call<VisitorConversation>(path, { token })).body;
    },
    async events(after = ''): Promise<EventPage> {
      const path = `/v1/widget/${inboxId}/events?after=${after}&limit=200`;
      return (await host.call<EventPage>(path, { token })).body;
    },
  };
  return visitor;
}

export type TestVisitor = Awaited<ReturnType<typeof createTestVisitor>>;

/** Creates a client of an account's dashboard API, with its API key or another token. */
export function createTestDashboard(host: TestHost, token: string) {
  async function send<T>(path: string, options: CallOptions = {}): Promise<T> {
    const { status, body } = await host.call<T>(path, { token, ...options });
    assert.ok(status < 300, `${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  }
  return {
    send,
    async conversationOf(visitorId: string): Promise<Conversation> {
      const { items } = await send<{ items: Conversation[] }>('/v1/conversations?limit=200');
      const found = items.find(({ visitor }) => visitor.id === visitorId);
      assert.ok(found, 'the visitor has no conversation');
      return found;
    },
    async log(conversationId: string): Promise<ConversationEvent[]> {
      const { events } = await send<EventPage>(`/v1/conversations/${conversationId}/events?limit=200`);
      return events as ConversationEvent[];
    },
    reply: (
      conversationId: string,
      text: string,
      agentId = 'agt_budi',
      id = `r-${randomBytes(4).toString('hex')}`,
    ) =>
      send<{ id: string; seq: number }>(`/v1/conversations/${conversationId}/messages`, {
        body: { id, text, agentId },
      }),
    assign: (conversationId: string, to: object) =>
      send<Conversation>(`/v1/conversations/${conversationId}/assign`, { body: to }),
    resolve: (conversationId: string) =>
      send<Conversation>(`/v1/conversations/${conversationId}/resolve`, { method: 'POST' }),
  };
}

/** Returns the kinds of effects, for short assertions. */
export function kinds(effects: readonly PublicEffect[]): string[] {
  return effects.map(({ kind }) => kind);
}
