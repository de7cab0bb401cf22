/**
 * How each engine handles a file that differs from the published one
 * (docs/decisions/0006-script-tag-files.md).
 *
 * @module
 */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { buildCdn, type CdnFiles } from '../../packages/tooling/cdn/build-cdn.ts';
import { findEngines } from '../support/engines/find-engines.ts';
import { serve, type TestOrigin } from '../support/serve.ts';

/**
 * WebKit fetches a module by its link, but does not compare the hash in the link. When it does, this fails:
 * update the documentation then.
 */
const COMPARES = { chromium: true, firefox: true, webkit: false };

describe('an altered file', { timeout: 120_000 }, () => {
  let folder = '';
  let built: CdnFiles;
  let cdn: TestOrigin;
  let site: TestOrigin;
  let altered = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alur-altered-'));
    built = await buildCdn(folder);
    cdn = await serve(async (path, response) => {
      // The host never responds: none of this needs it.
      if (path.startsWith('/v1/')) return;
      const file = path.slice(1);
      response.writeHead(200, {
        'Content-Type': 'text/javascript; charset=utf-8',
        'Access-Control-Allow-Origin': '*',
      });
      const code = await readFile(join(folder, file), 'utf8');
      response.end(file === altered ? `${code};window.altered=true;` : code);
    });
    site = await serve((path, response) => {
      response.writeHead(path === '/' ? 200 : 404, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': `default-src 'none'; script-src 'nonce-n'; connect-src ${cdn.url}; require-trusted-types-for 'script'`,
      });
      response.end(
        `<!doctype html><html lang="en"><title>A page</title><script nonce="n" src="${cdn.url}/livechat.js" data-inbox="inb_web" data-host="${cdn.url}"></script>`,
      );
    });
  });
  after(async () => {
    for (const origin of [cdn, site]) origin?.close();
    await rm(folder, { recursive: true, force: true });
  });

  for (const { name, launch } of findEngines().found) {
    test(`${name} ${COMPARES[name] ? 'does not run it' : 'compares no hash yet'}`, async () => {
      const engine = await launch();
      try {
        const visit = async (): Promise<{ altered: boolean; opened: boolean }> => {
          const visitor = await engine.visitor();
          const page = await visitor.page();
          await page.goto(site.url);
          const outcome = await page.evaluate(async () => {
            const widget = document.querySelector('livechat-widget')!;
            await widget.openPanel().catch(() => {});
            const opened = widget.hasAttribute('open');
            return { altered: 'altered' in window, opened };
          });
          await visitor.close();
          return outcome;
        };
        altered = '';
        assert.deepEqual(await visit(), { altered: false, opened: true });
        altered = built.lazy.get('panel')!;
        assert.deepEqual(
          await visit(),
          COMPARES[name] ? { altered: false, opened: false } : { altered: true, opened: true },
        );
      } finally {
        await engine.close();
      }
    });
  }
});
