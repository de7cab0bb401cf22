import assert from 'node:assert/strict';
import { join } from 'node:path';
import { launchChromium } from '../support/chromium.ts';
import type { ScratchProject } from './scratch-project.ts';
import { serveBuilt } from './serve-built.ts';

const MAIN = `
import { FlowEditor } from '@alur/flow-editor/react';
import { LivechatWidget } from '@alur/livechat-widget/react';
import { emptyFlow } from '@alur/flow';
import { StrictMode, createElement as h, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';

const flow = emptyFlow({ id: 'flow_1', name: 'One', timeZone: 'Asia/Jakarta' });
window.heard = [];

function App() {
  const chat = useRef(null);
  const [round, setRound] = useState(0);
  window.chat = chat;
  const hear = (event) => window.heard.push(event.type + round);
  return h('main', { 'data-round': round },
    h('button', { onClick: () => setRound(round + 1) }, 'Again'),
    h(FlowEditor, { flow, version: 3, style: { blockSize: 480 }, onFlowChange: hear }),
    round < 3 && h(LivechatWidget, {
      ref: chat, inbox: 'inb_web', host: location.origin, className: 'chat', titleText: 'Round ' + round,
      open: round === 1, onLivechatReady: hear, onLivechatOpen: hear, onLivechatClose: hear,
    }),
  );
}
createRoot(document.getElementById('root')).render(h(StrictMode, null, h(App)));
`;

/** Uses the React components in a page, with the project's React. */
export async function checkReactPage(project: ScratchProject): Promise<void> {
  await project.write(
    'react-site/index.html',
    '<!doctype html><html lang="en"><title>A page</title><body><div id="root"></div><script type="module" src="./main.js"></script>',
  );
  await project.write('react-site/main.js', MAIN);
  const origin = await serveBuilt(join(project.folder, 'react-site'));
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    const heard = (): Promise<string[]> =>
      page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    const again = async (round: number): Promise<void> => {
      await page.getByRole('button', { name: 'Again' }).click();
      await page.locator(`[data-round="${round}"]`).waitFor();
    };
    await page.goto(origin.url);

    const widget = page.locator('livechat-widget');
    await widget.getByRole('button').waitFor();
    assert.deepEqual(
      await heard(),
      ['livechat-ready0'],
      'what happens when it comes onto the page is heard, once',
    );
    const names = ['class', 'inbox', 'title-text', 'open', 'titletext', 'classname'];
    assert.deepEqual(
      await widget.evaluate((element, all) => all.map((name) => element.getAttribute(name)), names),
      ['chat', 'inb_web', 'Round 0', null, null, null],
    );
    assert.equal(
      await page.evaluate(() => (window as unknown as { chat: { current: Element } }).chat.current.localName),
      'livechat-widget',
    );

    // The editor keeps its document when the page renders again with the flow from the event.
    const editor = page.locator('flow-editor');
    assert.equal(await editor.evaluate((element) => (element as unknown as { version: number }).version), 3);
    await editor.evaluate((element) => {
      const { flow } = element as unknown as { flow: { cards: object } };
      (element as unknown as { flow: object }).flow = { ...flow, name: 'Two' };
    });
    await again(1);
    assert.equal(
      await editor.evaluate((element) => (element as unknown as { flow: { name: string } }).flow.name),
      'Two',
    );

    await widget.getByRole('textbox').waitFor();
    assert.equal(await widget.getAttribute('title-text'), 'Round 1');
    assert.ok((await heard()).includes('livechat-open1'), 'the newest handler is called');
    await again(2);
    await widget.getByRole('textbox').waitFor({ state: 'hidden' });
    await page.evaluate(() =>
      (window as unknown as { chat: { current: { openPanel(): Promise<void> } } }).chat.current.openPanel(),
    );
    await widget.getByRole('textbox').waitFor();
    await again(3);
    assert.equal(await widget.count(), 0);
    assert.deepEqual(errors, []);
  } finally {
    await browser.close();
    origin.close();
  }
}
