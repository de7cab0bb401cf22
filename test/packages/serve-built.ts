import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { serve, type TestOrigin } from '../support/serve.ts';

/** Bundles the site in a folder and serves it. The host's door stays shut: the page has to stand without it. */
export async function serveBuilt(site: string): Promise<TestOrigin> {
  await build({ root: site, configFile: false, logLevel: 'error' });
  return serve(async (path, response) => {
    if (path.startsWith('/v1/')) return;
    const file = path === '/' ? 'index.html' : path.slice(1);
    response.setHeader('Content-Type', file.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(await readFile(join(site, 'dist', file)));
  });
}
