import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HostilePage } from '../kit/hostile-page.ts';
import type { Served } from '../kit/served.ts';
import { go, remember } from './turbo.ts';

const SITE = fileURLToPath(new URL('../sites/astro/dist/', import.meta.url));

/** Whether `node test/pages/sites/astro/build.ts` has run. It is not part of `npm install`. */
export const astroIsBuilt = existsSync(SITE);

/** A site with view transitions, built by Astro. */
export const astro: HostilePage = {
  name: 'astro',
  about: 'Astro with view transitions: its router swaps head and body',
  serve: ({ hostUrl, tag }, inbox) => {
    const served: Served = {};
    for (const file of globSync('_astro/*', { cwd: SITE })) served[`/${file}`] = { file: join(SITE, file) };
    for (const path of ['/', '/two', '/placed', '/placed-two']) {
      const html = readFileSync(join(SITE, path, 'index.html'), 'utf8');
      const widget = tag(path.startsWith('/placed') ? null : inbox).replace('nonce="{{nonce}}"', '');
      const body = html
        .replace('<meta name="widget">', widget)
        .replace('inbox="INBOX"', `inbox="${inbox}"`)
        .replace('host="HOST"', `host="${hostUrl}"`);
      served[path] = { body, type: '.html' };
    }
    return served;
  },
  async run(visit) {
    for (const [path, next] of [
      ['/', '/two'],
      ['/placed', '/placed-two'],
    ] as const) {
      await visit.goto(path);
      if (path === '/') await visit.chats();
      else await visit.isOpen();
      await remember(visit);
      await go(visit, next, () => visit.use('next'));
      // During a view transition, a click hits the snapshot of the page.
      await visit.look(() => probe.still());
      await visit.siteWorks(['field', 'near-left']);
      await visit.say(`A word on ${next}`);
      await visit.isHeard(`A word on ${next}`);
      await visit.shoot(next.slice(1));
      await go(visit, path, () => visit.page.back());
      await visit.sees(`A word on ${next}`);
      await visit.isQuiet();
    }
  },
};
