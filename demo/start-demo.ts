/**
 * Starts and stops the demo's three servers.
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ViteDevServer } from 'vite';
import { clearDataDir, createHost, type Host, type HostOptions } from '@alur/host';
import { buildAll, CDN_FOLDER, PAGES_FOLDER } from './build.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { addSessionRoute, type SessionSettings } from './dashboard-session.ts';
import { createDevSite, startVite } from './dev-server.ts';
import { addEmbeds } from './embeds-site.ts';
import { createPageServer, createSite, listen, sendPage, serveFolder, type Site } from './server.ts';
import { createWorkspace, FIRST_AGENT_ID, SHOP_INBOX_ID, type WorkspaceSecrets } from './workspace.ts';

const DEMO = dirname(fileURLToPath(import.meta.url));

export interface DemoOptions {
  /** Folder of the data. */
  dataDir: string;
  /** Deletes existing data; refused while another demo uses it. Default: no. */
  fresh?: boolean;
  /**
   * The host's port. Dashboard and shop take the next two. A port in use is replaced by the next free one.
   */
  portBase: number;
  /** The host's limits per caller; `false` for none, for tests only. Default: the host's own. */
  limits?: HostOptions['limits'];
  /** Puts a proxy in front of the host and returns the proxy's URL. Default: none. */
  putInFront?: (hostUrl: string) => Promise<string>;
  /** Serves pages and widget from their sources, with hot reload. Default: no. */
  develop?: boolean;
  /** Called with each progress message. Default: no messages. */
  onProgress?: (line: string) => void;
}

export interface Demo {
  hostUrl: string;
  dashboardUrl: string;
  shopUrl: string;
  dataDir: string;
  close(): Promise<void>;
}

/** Builds what is missing, imports the workspace into an empty database, and serves. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { fresh = false, portBase, onProgress = () => undefined } = options;
  const dataDir = resolve(options.dataDir);
  if (fresh) {
    // Fails while another demo uses this folder: its data must not be deleted.
    await clearDataDir(join(dataDir, 'host'));
    await rm(dataDir, { recursive: true, force: true });
  }
  await mkdir(dataDir, { recursive: true });

  // Printed only after all servers have started.
  const portChanges: string[] = [];
  const sites: { dashboard: Site; shop: Site } = { dashboard: STARTING, shop: STARTING };
  const dashboard = createPageServer(() => sites.dashboard);
  const shop = createPageServer(() => sites.shop);
  let host: Host | null = null;
  let vite: ViteDevServer | null = null;
  const close = async (): Promise<void> => {
    await vite?.close();
    for (const server of [dashboard, shop]) {
      server.close();
      server.closeAllConnections();
    }
    await host?.close();
  };

  try {
    const dashboardUrl = `http://localhost:${await listenNear(dashboard, 'dashboard', portBase + 1, portChanges)}`;
    const shopUrl = `http://localhost:${await listenNear(shop, 'shop', portBase + 2, portChanges)}`;
    const secrets = await readSecrets(dataDir);
    onProgress('Opening the database.');
    await Promise.all([
      options.develop
        ? startVite(dashboard).then((started) => (vite = started))
        : buildAll((what) => onProgress(`Building the ${what}.`)),
      (async () => {
        host = await createHost({
          dataDir: join(dataDir, 'host'),
          logger: quietLogger(onProgress),
          ...(options.limits !== undefined && { limits: options.limits }),
        });
      })(),
    ]);
    const running = host!;
    const workspace = createWorkspace(secrets, { dashboard: dashboardUrl, shop: shopUrl });
    await running.database.run('importWorkspace', { workspace });
    const ownUrl = await listenHost(running, portBase, portChanges);
    const hostUrl = (await options.putInFront?.(ownUrl)) ?? ownUrl;
    portChanges.forEach(onProgress);
    await allowShop(running, workspace.account.id, shopUrl);

    const settings: SessionSettings = {
      accountId: workspace.account.id,
      signingKey: secrets.signingKey,
      agentIds: [FIRST_AGENT_ID, ...(workspace.agents ?? []).map((agent) => agent.id)],
      hostUrl,
      shopUrl,
      shopInboxId: SHOP_INBOX_ID,
      origin: dashboardUrl,
    };
    sites.dashboard = vite ? createDevSite(settings, vite) : createDashboardSite(settings);
    sites.shop = await createShopSite({ hostUrl, dashboardUrl, isStrict: !vite });
    return { hostUrl, dashboardUrl, shopUrl, dataDir, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The site until the pages are built. */
const STARTING = createSite();
STARTING.all('*', (c) => {
  const headers = { 'Retry-After': '2', 'Cache-Control': 'no-store' };
  return c.text('The demo is starting. Reload this page in a moment.\n', 503, headers);
});

/** Starts listening, and records when the port had to change. */
async function listenNear(
  server: ReturnType<typeof createPageServer>,
  name: string,
  port: number,
  portChanges: string[],
): Promise<number> {
  const actualPort = await listen(server, port);
  if (actualPort !== port) portChanges.push(`Port ${port} is taken, so the ${name} is on ${actualPort}.`);
  return actualPort;
}

/**
 * Starts the host. It takes a port only when it is ready, so the servers before it cannot have taken that
 * port.
 */
async function listenHost(host: Host, port: number, portChanges: string[]): Promise<string> {
  const probe = createPageServer(() => STARTING);
  const free = await listenNear(probe, 'host', port, portChanges);
  await new Promise((done) => probe.close(done));
  await host.listen(free, '127.0.0.1');
  return `http://localhost:${free}`;
}

/**
 * Returns the account's secrets, created at the first start and kept with the data. A company keeps them in
 * its secret store and rotates them there.
 */
async function readSecrets(dataDir: string): Promise<WorkspaceSecrets> {
  const file = join(dataDir, 'secrets.json');
  const stored = await readFile(file, 'utf8').catch(() => null);
  if (stored) return JSON.parse(stored) as WorkspaceSecrets;
  const secrets: WorkspaceSecrets = {
    apiKey: randomBytes(32).toString('base64url'),
    signingKey: randomBytes(48).toString('base64url'),
  };
  await writeFile(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}

/**
 * Allows the shop's current origin in its inbox, unless the inbox allows any page. The port can differ from
 * the last start.
 */
async function allowShop(host: Host, accountId: string, shopUrl: string): Promise<void> {
  const inbox = await host.database.run('getInbox', { accountId, inboxId: SHOP_INBOX_ID });
  if (inbox.origins.length === 0 || inbox.origins.includes(shopUrl)) return;
  const update = { origins: [...inbox.origins, shopUrl] };
  await host.database.run('updateInbox', { accountId, inboxId: SHOP_INBOX_ID, update });
}

/** Returns a logger that leaves routine messages out of the terminal. */
function quietLogger(
  onProgress: (line: string) => void,
): NonNullable<Parameters<typeof createHost>[0]>['logger'] {
  return {
    info: () => undefined,
    warn: onProgress,
    error: (message, error) => console.error(message, error ?? ''),
  };
}

function createDashboardSite(settings: SessionSettings): Site {
  const headers = {
    'Content-Security-Policy': contentSecurityPolicy({
      'script-src': "'self'",
      'style-src': "'self'",
      // Files of visitors are fetched with a token and shown from memory.
      'img-src': "'self' https: data: blob:",
      'connect-src': `'self' ${settings.hostUrl}`,
    }),
  };
  const fileOf = (name: string): string => join(PAGES_FOLDER, name, 'index.html');
  const dashboard = sendPage({ file: fileOf('dashboard'), headers });
  // The dashboard shows "not found" with a link.
  const notFound = sendPage({ file: fileOf('dashboard'), headers, status: 404 });
  const site = createSite();
  addSessionRoute(site, settings);
  site.get('/', dashboard);
  site.get('/settings/*', dashboard);
  site.get('/inbox/*', sendPage({ file: fileOf('agent-inbox'), headers }));
  serveFolder(site, { path: '/assets/', folder: join(PAGES_FOLDER, 'assets') });
  serveFolder(site, { path: '/cdn/', folder: CDN_FOLDER, anyOrigin: true });
  serveFolder(site, { path: '/', folder: join(DEMO, 'styles', 'public') });
  site.get('*', (c, next) => (extname(c.req.path) ? next() : notFound(c, next)));
  return site;
}

async function createShopSite({
  hostUrl,
  dashboardUrl,
  isStrict,
}: {
  hostUrl: string;
  dashboardUrl: string;
  isStrict: boolean;
}): Promise<Site> {
  // As strict as a site can be: the widget's script comes from one origin, connects to one other, and nothing
  // is inline.
  const headers = {
    'Content-Security-Policy': contentSecurityPolicy({
      'script-src': dashboardUrl,
      'style-src': "'self'",
      'img-src': "'self' https:",
      'connect-src': hostUrl,
      'require-trusted-types-for': "'script'",
    }),
  };
  const folder = join(DEMO, 'shop');
  const cdn = `${dashboardUrl}/cdn`;
  const page = sendPage({
    file: join(folder, 'index.html'),
    fill: { CDN: cdn, HOST: hostUrl, INBOX: SHOP_INBOX_ID },
    // Hot reload needs scripts and connections that a strict policy forbids.
    ...(isStrict && { headers }),
  });
  const site = createSite();
  await addEmbeds(site, { cdn, host: hostUrl, inbox: SHOP_INBOX_ID });
  site.get('/', page);
  site.get('/index.html', page);
  serveFolder(site, { path: '/', folder });
  return site;
}
