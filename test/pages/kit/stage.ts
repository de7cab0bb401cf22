/**
 * Three origins, as in production: the site, the CDN with the widget's built script, and the host. All three
 * are real servers on this machine, and the host is the reference host.
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { createHost, importWorkspace, type Host } from '@alur/host';
import type { Conversation, ConversationEvent, EventPage } from '@alur/protocol';
import { buildWidget, CDN_FOLDER } from '../../../demo/build.ts';
import { createPageServer, createSite, serveFolder } from '../../../demo/server.ts';
import { openTemplate } from '@alur/host/testing';
import { rewritingServer } from './rewriting-server.ts';
import { isTestPage, type Served, type StaticFile } from './served.ts';
import { renderPage, SITE_STYLES, type TestPage } from './test-page.ts';
import { API_KEY, workspaceOf } from './workspace.ts';

/** A port without a listener. */
const CLOSED_PORT = 9;

/** A site of the stage. */
export interface Origin {
  /** Also the first label of its origin, so only letters, digits and dashes. */
  name: string;
  /** Returns the content of its origin, by path. The visit begins at `/`. */
  serve(stage: Stage, inbox: string): Served | Promise<Served>;
  /** Whether it uses plain http with a name other than localhost, which is not a secure context. */
  insecure?: boolean;
}

export interface Stage {
  hostUrl: string;
  cdnUrl: string;
  /** URL of a host that does not exist. */
  deadUrl: string;
  /** `host:port` of the proxy for `cdn.test`, `host.test` and the names of hostile pages over plain http. */
  proxy: string;
  host: Host;
  /**
   * Returns the script tag of a site, with optional attributes. Without an inbox, the page places the element
   * itself.
   */
  tag(inbox: string | null, attributes?: Record<string, string>): string;
  /** Returns an element as a page places it. */
  element(inbox: string, attributes?: string): string;
  /** Returns the URL of a server that applies `rewrite` to every line of the host's responses. */
  rewritten(rewrite: (line: string) => string): Promise<string>;
  /**
   * Returns a URL of the host for one inbox, and a function with the number of its streams. All engines share
   * the host, so its own count is not enough.
   */
  counted(inbox: string): Promise<{ url: string; streams(): number }>;
  /** Returns the origin of a hostile page. Each engine has its own, so that each has its own inbox. */
  originOf(hostilePage: Origin, engine: string): string;
  /** Returns the messages that the host received from visitors of an inbox, in order. */
  heard(inbox: string): Promise<string[]>;
  /** Sends a reply of an agent in the inbox's only conversation. */
  reply(inbox: string, text: string): Promise<void>;
  close(): Promise<void>;
}

/** Returns the inbox of a hostile page in one engine. */
export function inboxOf(hostilePage: Origin, engine: string): string {
  return `inb_${engine}_${hostilePage.name}`;
}

/** Returns the second inbox, for the page with two. */
export function secondInboxOf(inbox: string): string {
  return `${inbox}_2`;
}

/** Builds the widget if its sources changed, and starts all servers. */
export async function setStage(hostilePages: readonly Origin[], engines: readonly string[]): Promise<Stage> {
  const quiet = { info: () => undefined, warn: () => undefined, error: console.error };
  const [host] = await Promise.all([
    createHost({ database: await openTemplate(), limits: false, logger: quiet }),
    buildWidget(),
  ]);
  const inboxes = hostilePages
    .flatMap((hostilePage) => engines.map((engine) => inboxOf(hostilePage, engine)))
    .flatMap((inbox) => [inbox, secondInboxOf(inbox)]);
  await importWorkspace(host, workspaceOf(inboxes));
  const hostUrl = await host.listen(0);

  const cdnSite = createSite();
  serveFolder(cdnSite, { path: '/', folder: CDN_FOLDER, anyOrigin: true });
  const cdn = createPageServer(() => cdnSite);
  const site = createServer((incoming, response) => void serve(incoming, response));
  const proxy = createServer((incoming, response) => forward(incoming, response));
  const [cdnPort, sitePort, proxyPort] = [await portOf(cdn), await portOf(site), await portOf(proxy)];
  const servers = [cdn, site, proxy];
  const probe = await probeScript();
  const counted: Record<string, ReturnType<Stage['counted']>> = {};

  const call = async <T>(path: string, body?: object): Promise<T> => {
    const response = await host.app.request(path, {
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      headers: { Authorization: `Bearer ${API_KEY}`, 'Content-Type': 'application/json' },
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const conversations = async (inbox: string): Promise<Conversation[]> =>
    (await call<{ items: Conversation[] }>(`/v1/conversations?inboxId=${inbox}&limit=200`)).items;

  const stage: Stage = {
    hostUrl,
    cdnUrl: `http://cdn.localhost:${cdnPort}`,
    deadUrl: `http://localhost:${CLOSED_PORT}`,
    proxy: `127.0.0.1:${proxyPort}`,
    host,
    tag(inbox, attributes = {}) {
      const all = inbox === null ? attributes : { 'data-inbox': inbox, 'data-host': hostUrl, ...attributes };
      const written = Object.entries(all).map(([name, value]) => ` ${name}="${value}"`);
      return `<script async nonce="{{nonce}}" src="${stage.cdnUrl}/livechat.js"${written.join('')}></script>`;
    },
    element: (inbox, attributes = '') =>
      `<livechat-widget inbox="${inbox}" host="${hostUrl}" ${attributes}></livechat-widget>`,
    async rewritten(rewrite) {
      const server = rewritingServer(hostUrl, rewrite);
      servers.push(server);
      return `http://localhost:${await portOf(server)}`;
    },
    counted(inbox) {
      return (counted[inbox] ??= (async () => {
        let open = 0;
        const server = rewritingServer(hostUrl, (line) => line);
        server.on('request', ({ url = '' }, response) => {
          if (!url.includes('/stream')) return;
          open += 1;
          response.on('close', () => (open -= 1));
        });
        servers.push(server);
        return { url: `http://localhost:${await portOf(server)}`, streams: () => open };
      })());
    },
    originOf: ({ name, insecure }, engine) =>
      insecure ? `http://${name}.${engine}.test` : `http://${name}.${engine}.localhost:${sitePort}`,
    async heard(inbox) {
      const heard: string[] = [];
      for (const { id } of (await conversations(inbox)).toReversed()) {
        let after = '';
        for (let more = true; more;) {
          const page = await call<EventPage>(`/v1/conversations/${id}/events?limit=200${after}`);
          for (const event of page.events as ConversationEvent[]) {
            if (event.type === 'message' && event.message.author.kind === 'visitor')
              heard.push(event.message.text);
          }
          more = page.more;
          after = `&after=${encodeURIComponent(page.cursor)}`;
        }
      }
      return heard;
    },
    async reply(inbox, text) {
      const [conversation] = await conversations(inbox);
      if (!conversation) throw new Error(`No visitor has written to ${inbox}.`);
      const id = `reply-${Math.random().toString(36).slice(2)}`;
      await call(`/v1/conversations/${conversation.id}/messages`, { id, text, agentId: 'agt_a' });
    },
    async close() {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
      await host.close();
    },
  };

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams, hostname } = new URL(
      incoming.url ?? '/',
      `http://${incoming.headers.host}`,
    );
    const [name, engine] = hostname.split('.');
    const hostilePage = hostilePages.find((candidate) => candidate.name === name);
    if (pathname === '/probe.js') return answer(response, { body: probe, type: '.js' });
    if (pathname === '/site.css') return answer(response, { body: SITE_STYLES, type: '.css' });
    const inbox = hostilePage ? inboxOf(hostilePage, engine!) : '';
    const entry = (await hostilePage?.serve(stage, inbox))?.[pathname];
    if (!entry) return answer(response, { status: 404, body: `Nothing at ${pathname}`, type: '.txt' });
    if (!isTestPage(entry)) return answer(response, { type: extname(pathname), ...entry });
    return answer(response, page(entry, stage.tag(inbox), searchParams.has('bare')));
  }

  /** Forwards requests for names that do not exist in DNS. */
  function forward(incoming: IncomingMessage, response: ServerResponse): void {
    const { hostname, pathname, search } = new URL(incoming.url ?? '/', 'http://nowhere.test');
    const ports: Record<string, number> = { 'cdn.test': cdnPort, 'host.test': Number(new URL(hostUrl).port) };
    const onward = request(
      {
        host: hostname === 'host.test' ? 'localhost' : '127.0.0.1',
        port: hostname.endsWith('.test') ? (ports[hostname] ?? sitePort) : CLOSED_PORT,
        path: pathname + search,
        method: incoming.method,
        headers: incoming.headers,
      },
      (answered) => {
        response.writeHead(answered.statusCode ?? 502, answered.headers);
        answered.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    incoming.pipe(onward);
  }
  return stage;
}

function page(entry: TestPage, tag: string, bare: boolean): StaticFile {
  const widget = bare ? '' : (entry.widget ?? tag);
  return { body: renderPage({ ...entry, widget }), type: '.html', headers: entry.headers ?? {} };
}

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

async function answer(response: ServerResponse, entry: StaticFile): Promise<void> {
  const content = entry.file ? await readFile(entry.file) : (entry.body ?? '');
  const type = TYPES[entry.type ?? ''] ?? 'application/octet-stream';
  response.writeHead(entry.status ?? 200, { 'Content-Type': type, ...entry.headers });
  response.end(content);
}

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return (server.address() as AddressInfo).port;
}

/** Returns `probe.ts` as a classic script. */
async function probeScript(): Promise<string> {
  const source = await readFile(new URL('probe.ts', import.meta.url), 'utf8');
  const [script] = stripTypeScriptTypes(source)
    .split(/^export /m)
    .slice(1);
  return `${script}\ninstallProbe();`;
}
