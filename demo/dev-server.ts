/**
 * Serves the demo's pages and the widget from their sources, with Vite's hot reload. Used by `npm run dev` in
 * place of the built files.
 *
 * @module
 */
import type { Server } from 'node:http';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer, type ViteDevServer } from 'vite';
import { isBelow, type Page, type Site } from './server.ts';

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
export function devSite(site: Site, vite: ViteDevServer): Site {
  const page = (folder: string, base: string, matches: Page['matches'], status = 200): Page => ({
    matches,
    status,
    file: join(folder, 'index.html'),
    transform: (html) => vite.transformIndexHtml(`${base}index.html`, html.replaceAll('"./', `"${base}`)),
  });
  const isPage = (path: string) => !extname(path) && !path.startsWith('/@');
  return {
    ...site,
    handlers: { ...site.handlers, '/cdn/livechat.js': async (_request, response) => sendLoader(response) },
    pages: [
      page(join(DEMO, 'dashboard'), '/dashboard/', (path) => path === '/' || isBelow('/settings')(path)),
      page(join(DEMO, 'agent-inbox'), '/agent-inbox/', isBelow('/inbox')),
      page(EDITOR, `/@fs${EDITOR}/`, isBelow('/editor')),
      page(join(DEMO, 'dashboard'), '/dashboard/', isPage, 404),
    ],
    middleware: vite.middlewares,
  };
}

/** Sends a replacement for `livechat.js` that loads the widget's sources and creates the element. */
function sendLoader(response: Parameters<NonNullable<Site['handlers']>[string]>[1]): void {
  response.writeHead(200, { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'no-cache' });
  response.end(`{
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
`);
}
