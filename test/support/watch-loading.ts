/**
 * Records which files of the script-tag build a browser requests until the composer accepts text, and in how
 * many waves. The server responds only when no more requests arrive, so that a request that depends on a
 * response is in the next wave.
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { serve } from './serve.ts';

/** Time without a request after which a wave is complete, in milliseconds. */
const SILENCE = 300;

export interface Loading {
  /** File names by wave. The tag itself requests the first wave. */
  waves: string[][];
  /** Requests of the page to the host, which never responds. */
  hostCalls: string[];
}

/** Opens the chat of a page with one tag for `livechat.js` from `folder`, and types into it. */
export async function watchLoading(browser: Browser, folder: string): Promise<Loading> {
  const waves: string[][] = [];
  const hostCalls: string[] = [];
  let wave: { file: string; answer(): void }[] = [];
  let over: NodeJS.Timeout;
  const cdn = await serve(async (path, response) => {
    const file = path.slice(1);
    const content = await readFile(join(folder, file));
    clearTimeout(over);
    over = setTimeout(() => {
      waves.push(wave.map((asked) => asked.file));
      for (const { answer } of wave.splice(0)) answer();
    }, SILENCE);
    wave.push({
      file,
      answer() {
        response.writeHead(200, {
          'Content-Type': 'text/javascript; charset=utf-8',
          'Access-Control-Allow-Origin': '*',
        });
        response.end(content);
      },
    });
  });
  const host = await serve((path) => void hostCalls.push(path));
  const site = await serve((path, response) => {
    response.writeHead(path === '/' ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(
      `<!doctype html><html lang="en"><title>A page</title><script async src="${cdn.url}/livechat.js" data-inbox="inb_web" data-host="${host.url}"></script>`,
    );
  });
  const page = await browser.newPage();
  try {
    await page.goto(site.url);
    const widget = page.locator('livechat-widget');
    await widget.getByRole('button').click();
    const composer = widget.getByRole('textbox');
    await composer.fill('Hello');
    if ((await composer.inputValue()) !== 'Hello') throw new Error('The composer did not take the text.');
  } finally {
    await page.close();
    for (const origin of [site, cdn, host]) origin.close();
  }
  wave = [];
  return { waves, hostCalls };
}
