/**
 * The surroundings of a row: a real host in a process of its own, a proxy in front of it, visitors with the
 * shipped client, and a real Chromium with the built widget.
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import type { Message } from '@alur/client';
import { createDashboardClient, type DashboardClient } from '@alur/client/dashboard';
import { onPostgres, withSchema } from '@alur/host/testing';
import { startFaultProxy, type FaultProxy } from '../proxy.ts';
import { type HostProcess, createHostProcess, until } from '@alur/tooling/testing';
import { createSecretWatch, type SecretWatch } from './secret-watch.ts';
import { createTestVisitor, type TestVisitor, type VisitorSetup } from './visitor.ts';
import { createSite, type PageSetup, type WidgetPage } from './widget-page.ts';
import { API_KEY, IDENTITY_KEY, faultWorkspace } from './workspace.ts';

export interface Harness {
  /** Whether counts are those of the matrix. Else one small round of each. */
  readonly isFull: boolean;
  /** The host of all rows that do not kill it. */
  readonly host: HostProcess;
  readonly proxy: FaultProxy;
  readonly desk: DashboardClient;
  /** Detects secrets in places where they must not be. */
  readonly watch: SecretWatch;
  /** Returns the conversation of the visitor of a token. */
  conversationOf(token: string, at?: HostProcess): Promise<string>;
  /** Returns the dashboard client of another host. */
  deskOf(host: HostProcess): DashboardClient;
  /** Returns a new schema on the available PostgreSQL. It is removed at the end of the row. */
  postgresUrl(): Promise<string>;
  /** Returns the time of the host's clock. */
  hostNow(): number;
  /** Returns the host's verdict on each turn's claim, in order. */
  verdicts(conversationId: string): Promise<string[]>;
  /** Sends a message as the agent Budi. */
  say(conversationId: string, text: string): Promise<Message>;
  /** Creates a visitor behind the proxy. It is closed and checked at the end of the row. */
  visitor(setup?: Partial<VisitorSetup>): TestVisitor;
  /** The visitors of this row. */
  readonly visitors: readonly TestVisitor[];
  /** Opens a page with the widget behind the proxy. It is closed at the end of the row. */
  page(setup?: PageSetup): Promise<WidgetPage>;
  /** Registers a callback for the end of the row. Callbacks run in reverse order. */
  later(end: () => unknown): void;
  /**
   * Ends a row: removes all faults, closes everything, and checks that no secret leaked and no resource is
   * left.
   */
  sweep(): Promise<void>;
  end(): Promise<void>;
}

export async function openHarness({ isFull }: { isFull: boolean }): Promise<Harness> {
  const host = await createHostProcess({ workspace: faultWorkspace() });
  await host.start();
  const proxy = await startFaultProxy(() => host.url);
  const site = createSite(proxy, host.url);
  const ends: (() => unknown)[] = [];
  const watch = createSecretWatch([API_KEY, IDENTITY_KEY]);
  let visitors: TestVisitor[] = [];
  const rejections: unknown[] = [];
  const note = (error: unknown) => rejections.push(error);
  process.on('unhandledRejection', note);

  const deskOf = ({ url }: HostProcess) => createDashboardClient({ host: url, token: API_KEY });
  const desk = deskOf(host);

  return {
    isFull,
    host,
    proxy,
    desk,
    watch,
    deskOf,
    async postgresUrl() {
      const server = process.env['ALUR_TEST_POSTGRES_URL'] ?? '';
      const schema = `faults_${randomBytes(6).toString('hex')}`;
      ends.push(() => onPostgres(server, `drop schema ${schema} cascade`));
      return withSchema(server, schema);
    },
    async conversationOf(token, at = host) {
      const list = at === host ? desk : deskOf(at);
      const { sub } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
        sub: string;
      };
      let cursor: string | undefined;
      do {
        const page = await list.listConversations({ limit: 200, ...(cursor && { cursor }) });
        const found = page.items.find(({ visitor }) => visitor.id === sub);
        if (found) return found.id;
        cursor = page.next ?? undefined;
      } while (cursor);
      throw new Error(`Visitor ${sub} has no conversation.`);
    },
    hostNow: () => Date.now() + host.movedMs,
    async verdicts(conversationId) {
      const found: string[] = [];
      let after: string | undefined;
      for (let more = true; more;) {
        const page = await desk.listConversationEvents(conversationId, {
          limit: 200,
          ...(after && { after }),
        });
        found.push(...page.events.flatMap((event) => (event.type === 'path' ? [event.verdict] : [])));
        ({ more, cursor: after } = page);
      }
      return found;
    },
    say: (conversationId, text) =>
      desk.reply(conversationId, { id: randomBytes(8).toString('hex'), text, agentId: 'agt_budi' }),
    visitor(setup = {}) {
      const visitor = createTestVisitor({ via: proxy.url, host: host.url, ...setup });
      visitors.push(visitor);
      ends.push(() => visitor.close());
      return visitor;
    },
    get visitors() {
      return visitors;
    },
    async page(setup) {
      const page = await site.openPage(setup);
      ends.push(() => page.close());
      return page;
    },
    later: (end) => void ends.push(end),
    async sweep() {
      watch.look(proxy.requests, host.output);
      proxy.clear();
      visitors = [];
      const errors: unknown[] = [];
      for (const end of ends.splice(0).toReversed()) {
        await Promise.resolve(end()).catch((error: unknown) => errors.push(error));
      }
      proxy.reset();
      if (errors.length > 0) throw errors[0];
      await until(
        async () => {
          const { topics, streams } = await host.stats();
          return topics === 0 && streams === 0;
        },
        'the host had forgotten every listener',
        10_000,
      );
      if (watch.leaks.length > 0) throw new Error(watch.leaks.join('\n'));
      if (rejections.length > 0) throw new Error('A rejection was not handled.', { cause: rejections[0] });
    },
    async end() {
      process.off('unhandledRejection', note);
      await site.close();
      await proxy.close();
      await host.end();
    },
  };
}
