/**
 * The pages of the comparison: the same page bare, with the floor (the smallest script that draws a chat
 * button), and with the widget. All come from one origin, compressed as by a CDN.
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { createHost, importWorkspace } from '@alur/host';
import type { Handler } from 'hono';
import { buildAll, CDN_FOLDER } from '../../demo/build.ts';
import { createPageServer, createSite, listen, serveFolder, type SiteEnv } from '../../demo/server.ts';
import { createWorkspace, SHOP_INBOX_ID } from '../../demo/workspace.ts';

/** The pages that are measured, in the order of one round. */
export const CONTESTANTS = ['bare', 'floor', 'widget'] as const;
export type Contestant = (typeof CONTESTANTS)[number];

/** The servers of one comparison. */
export interface Pages {
  urlOf(contestant: Contestant): string;
  close(): Promise<void>;
}

const PARAGRAPH = `A shop's page, as long as such pages are: words about parcels, sizes and colours, about how to wash a thing
and when it arrives. Nothing in it moves, so every layout shift and long task comes from the widget.`;

/** The smallest launcher: a button in a shadow root, drawn by a classic script. */
const FLOOR = `(() => {
  class FloorWidget extends HTMLElement {
    connectedCallback() {
      const root = this.attachShadow({ mode: 'open' });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        'button{position:fixed;right:20px;bottom:20px;z-index:9999;width:56px;height:56px;border:0;border-radius:50%;' +
        'background:#3a4fe0;color:#fff;font:600 20px/1 system-ui;box-shadow:0 8px 32px rgb(10 14 30/.2);cursor:pointer}' +
        'section{position:fixed;right:20px;bottom:92px;width:380px;height:560px;background:#fff;border-radius:16px;' +
        'box-shadow:0 8px 32px rgb(10 14 30/.2);display:flex;flex-direction:column;justify-content:flex-end}' +
        'textarea{margin:16px;padding:12px;font:15px system-ui;border:1px solid #d0d4e0;border-radius:12px}');
      root.adoptedStyleSheets = [sheet];
      const button = document.createElement('button');
      button.textContent = '?';
      button.setAttribute('aria-label', 'Chat');
      button.onclick = () => {
        const panel = document.createElement('section');
        panel.append(document.createElement('textarea'));
        root.append(panel);
        panel.firstChild.focus();
      };
      root.append(button);
    }
  }
  customElements.define('floor-widget', FloorWidget);
  document.body.append(document.createElement('floor-widget'));
})();`;

/** Builds the pages and starts their servers on free ports. */
export async function servePages(): Promise<Pages> {
  await buildAll();
  const secret = () => randomBytes(32).toString('base64url');
  const host = await createHost({ logger: { info() {}, warn() {}, error: console.error }, limits: false });
  let hostUrl = '';
  const send = (type: string, text: () => string): Handler<SiteEnv> => {
    const headers = { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-store' };
    return (c) => c.body(text(), 200, headers);
  };
  const widgetTag = () =>
    `<script async src="/cdn/livechat.js" data-inbox="${SHOP_INBOX_ID}" data-host="${hostUrl}"></script>`;
  const site = createSite();
  site.get(
    '/bare',
    send('text/html', () => html('')),
  );
  site.get(
    '/floor',
    send('text/html', () => html('<script async src="/floor.js"></script>')),
  );
  site.get(
    '/widget',
    send('text/html', () => html(widgetTag())),
  );
  site.get(
    '/floor.js',
    send('text/javascript', () => FLOOR),
  );
  serveFolder(site, { path: '/cdn/', folder: CDN_FOLDER });
  const server = createPageServer(() => site);
  const origin = `http://localhost:${await listen(server, 18_900)}`;
  await importWorkspace(
    host,
    createWorkspace({ apiKey: secret(), signingKey: secret() }, { dashboard: origin, shop: origin }),
  );
  hostUrl = await host.listen(0);
  return {
    urlOf: (contestant) => `${origin}/${contestant}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await host.close();
    },
  };
}

function html(body: string): string {
  const paragraphs = Array.from({ length: 30 }, (_, i) => `<h2>Part ${i + 1}</h2><p>${PARAGRAPH}</p>`).join(
    '',
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width"></head><body><h1>A shop</h1>${paragraphs}${body}</body></html>`;
}
