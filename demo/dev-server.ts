/**
 * Serves the demo's pages and the widget from their sources, with Vite's hot reload. Used by `npm run dev` in
 * place of the built files.
 *
 * @module
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler } from 'hono';
import { createServer, type ViteDevServer } from 'vite';
import { addSessionRoute, type SessionSettings } from './dashboard-session.ts';
import { createSite, sendPage, type Page, type Site, type SiteEnv } from './server.ts';

const DEMO = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(DEMO);
const WIDGET = join(ROOT, 'packages/livechat-widget/src/define.ts');
const EDITOR = join(ROOT, 'packages/flow-editor/dev');

/** Starts Vite behind a server that is already listening. Hot reload uses the same port. */
export function startVite(server: Server): Promise<ViteDevServer> {
  return createServer({
    configFile: join(ROOT, 'vite.config.ts'),
    mode: 'demo',
    appType: 'custom',
    logLevel: 'warn',
    server: { middlewareMode: true, ws: { server } },
  });
}

/** Returns the dashboard's site with every page, and the widget, from its sources. */
export function createDevSite(settings: SessionSettings, vite: ViteDevServer): Site {
  const page = (folder: string, base: string, status: Page['status'] = 200) =>
    sendPage({
      status,
      file: join(folder, 'index.html'),
      transform: (html) => vite.transformIndexHtml(`${base}index.html`, html.replaceAll('"./', `"${base}`)),
    });
  const dashboard = join(DEMO, 'dashboard');
  const notFound = page(dashboard, '/dashboard/', 404);
  const site = createSite();
  addSessionRoute(site, settings);
  site.get('/cdn/livechat.js', (c) =>
    c.body(LOADER, 200, { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'no-cache' }),
  );
  site.get('/', page(dashboard, '/dashboard/'));
  site.get('/settings/*', page(dashboard, '/dashboard/'));
  site.get('/inbox/*', page(join(DEMO, 'agent-inbox'), '/agent-inbox/'));
  site.get('/editor/*', page(EDITOR, `/@fs${EDITOR}/`));
  site.get('*', (c, next) =>
    extname(c.req.path) || c.req.path.startsWith('/@') ? next() : notFound(c, next),
  );
  site.use(serveSources(vite));
  return site;
}

/** Returns a middleware that lets Vite respond, unless Vite has no such file. */
function serveSources(vite: ViteDevServer): MiddlewareHandler<SiteEnv> {
  return async (c, next) => {
    const { incoming, outgoing } = c.env;
    const isSent = await new Promise<boolean>((resolve) => {
      outgoing.once('close', () => resolve(true));
      vite.middlewares(incoming as IncomingMessage, outgoing as ServerResponse, () => resolve(false));
    });
    return isSent ? RESPONSE_ALREADY_SENT : next();
  };
}

/** A replacement for `livechat.js` that loads the widget's sources and creates the element. */
const LOADER = `{
  const { src, attributes } = document.currentScript;
  const load = (path) => import(new URL(path, src).href);
  Promise.all([load('/@vite/client'), load('/@fs${WIDGET}')]).then(() => {
    const widget = document.createElement('livechat-widget');
    for (const { name, value } of attributes) {
      if (name.startsWith('data-')) widget.setAttribute(name.slice('data-'.length), value);
    }
    document.documentElement.append(widget);
  });
}
`;
