import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { serve, type TestOrigin } from '../support/serve.ts';

/** Browsers request it from every site. Not all builds of Chromium do. */
const ICON = '/favicon.ico';

/**
 * Bundles the site in a folder and serves it. Requests to the host get no response: the page has to work
 * without it.
 */
export async function serveBuilt(site: string): Promise<TestOrigin> {
  await build({ root: site, configFile: false, logLevel: 'error' });
  return serve(async (path, response) => {
    if (path.startsWith('/v1/')) return;
    if (path === ICON) return void response.writeHead(204).end();
    const file = path === '/' ? 'index.html' : path.slice(1);
    response.setHeader('Content-Type', file.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(await readFile(join(site, 'dist', file)));
  });
}
