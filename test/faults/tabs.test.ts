/**
 * The shared state of one visitor's tabs, in a real Chromium without faults.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { openHarness, type Harness } from './harness/harness.ts';
import { SEEN_MS } from '../../packages/livechat-widget/src/panel/sound/chime.ts';
import { until } from '@alur/tooling/testing';
import type { WidgetPage } from './harness/widget-page.ts';

/** Too narrow for a panel next to the page: the chat does not open because another tab opened it. */
const NARROW = { width: 400, height: 700 };

/** Records every tone, and whether its audio context was closed. Runs in the page. */
function listenForTones(): void {
  const heard = { contexts: 0, closed: 0, notes: 0 };
  class Heard extends AudioContext {
    constructor() {
      super();
      heard.contexts += 1;
    }
    override createOscillator() {
      heard.notes += 1;
      return super.createOscillator();
    }
    override async close() {
      await super.close();
      heard.closed += 1;
    }
  }
  Object.assign(globalThis, { heard, AudioContext: Heard });
}
type Heard = Record<'contexts' | 'closed' | 'notes', number>;

describe('the tabs of one visitor', () => {
  let harness: Harness;
  before(async () => {
    harness = await openHarness({ isFull: false });
  });
  afterEach(() => harness.sweep());
  after(() => harness.end());

  const prepare = (context: BrowserContext) => context.addInitScript(listenForTones);
  /** Opens the first tab and sends one message. */
  async function firstTab(): Promise<WidgetPage> {
    const tab = await harness.page({ prepare });
    await tab.begin();
    return tab;
  }
  /** Opens another tab that is up to date. */
  async function nextTab(beside: WidgetPage): Promise<WidgetPage> {
    const tab = await harness.page({ beside });
    await tab.open();
    await until(async () => (await tab.bubbles()).includes('vip'), 'the tab was in step');
    return tab;
  }
  const composerOf = ({ page }: WidgetPage) => page.locator('livechat-widget').getByRole('textbox');
  /** Closes the chat like a visitor. */
  const closeIn = ({ page }: WidgetPage) => page.locator('livechat-widget').locator('[part=close]').click();
  const unreadOf = ({ page }: WidgetPage) =>
    page.evaluate(() => (document.querySelector('livechat-widget') as unknown as { unread?: number }).unread);
  const heardIn = async ({ page }: WidgetPage) =>
    page.evaluate(() => (globalThis as unknown as { heard: Heard }).heard);
  async function heardInAll(tabs: readonly WidgetPage[]): Promise<Heard> {
    const sum = { contexts: 0, closed: 0, notes: 0 };
    for (const heard of await Promise.all(tabs.map(heardIn)))
      for (const name of ['contexts', 'closed', 'notes'] as const) sum[name] += heard[name];
    return sum;
  }
  /**
   * Resolves when `tab` has decided about sounds for all current replies: timers of a page with equal delays
   * run in the order in which they were set. The sound has to be loaded there.
   */
  const hasDecided = ({ page }: WidgetPage) =>
    page.evaluate((ms) => new Promise<void>((resolve) => void setTimeout(resolve, ms)), SEEN_MS);
  const launcherOf = ({ page }: WidgetPage) => page.locator('livechat-widget').getByRole('button').first();
  const budiSays = async (tab: WidgetPage, text: string) =>
    harness.say(await harness.conversationOf(tab.token()), text);
  const hasUnread = (tab: WidgetPage, count: number) =>
    until(async () => (await unreadOf(tab)) === count, `${count} were unread`);

  test('a draft of one tab is in the others, and is removed everywhere once it is sent', async () => {
    const one = await firstTab();
    const two = await nextTab(one);
    await composerOf(one).pressSequentially('Halo, pesanan');
    await until(async () => (await composerOf(two).inputValue()) === 'Halo, pesanan', 'it stood there, too');
    await composerOf(two).press('End');
    await composerOf(two).pressSequentially(' saya');
    await until(
      async () => (await composerOf(one).inputValue()) === 'Halo, pesanan saya',
      'it went on there',
    );
    await composerOf(two).press('Enter');
    for (const tab of [one, two]) {
      await until(async () => (await composerOf(tab).inputValue()) === '', 'it was gone');
      await until(async () => (await tab.bubbles()).at(-1) === 'Halo, pesanan saya', 'it was said');
      tab.said.splice(0, Infinity, 'vip', 'Halo, pesanan saya');
      await tab.check();
    }
  });

  test('the chat is open in all of them or in none, in a new one as well', async () => {
    const one = await firstTab();
    const two = await nextTab(one);
    await closeIn(two);
    await until(async () => !(await one.isOpen()), 'it was closed in the first');
    await launcherOf(one).click();
    await until(() => two.isOpen(), 'it was open in the second');
    const three = await harness.page({ beside: one });
    await until(() => three.isOpen(), 'it was open in the new one');
    await closeIn(three);
    for (const tab of [one, two]) await until(async () => !(await tab.isOpen()), 'it was closed everywhere');
  });

  test('a message that is read in one tab is read in all', async () => {
    const one = await firstTab();
    const two = await nextTab(one);
    await closeIn(one);
    await until(async () => !(await two.isOpen()), 'both were closed');
    await budiSays(one, 'Halo juga');
    await budiSays(one, 'Ada yang bisa dibantu?');
    await hasUnread(one, 2);
    await hasUnread(two, 2);
    await two.page.setViewportSize(NARROW);
    await launcherOf(one).click();
    await hasUnread(one, 0);
    await hasUnread(two, 0);
    assert.equal(await two.isOpen(), false, 'the other tab was not opened');
  });

  test('an unseen reply makes one sound, for any number of tabs and simultaneous replies', async () => {
    const one = await firstTab();
    const tabs = [one, await nextTab(one), await nextTab(one)];
    await closeIn(one);
    for (const tab of tabs) await until(async () => !(await tab.isOpen()), 'all were closed');
    // Browsers play a sound only after an interaction with the page.
    for (const tab of tabs) await tab.page.mouse.click(5, 5);
    await budiSays(one, 'Halo juga');
    await budiSays(one, 'Ada yang bisa dibantu?');
    for (const tab of tabs) await hasUnread(tab, 2);
    await until(async () => (await heardInAll(tabs)).closed === 1, 'a tone was over');
    assert.deepEqual(await heardInAll(tabs), { contexts: 1, closed: 1, notes: 2 });
    await budiSays(one, 'Masih di sana?');
    await until(async () => (await heardInAll(tabs)).closed === 2, 'the next one was over');
    assert.deepEqual(await heardInAll(tabs), { contexts: 2, closed: 2, notes: 4 });
  });

  test('a reply that is visible in another tab makes no sound', async () => {
    const one = await firstTab();
    const two = await nextTab(one);
    const tabs = [one, two];
    for (const tab of tabs) await tab.page.setViewportSize(NARROW);
    // It is the leader, and would play the sound.
    await closeIn(one);
    await closeIn(two);
    await budiSays(one, 'Halo juga');
    await until(async () => (await heardInAll(tabs)).closed === 1, 'a tone was over');
    await launcherOf(two).click();
    await hasUnread(one, 0);
    assert.equal(await one.isOpen(), false, 'it stays closed there');
    await budiSays(one, 'Ada yang bisa dibantu?');
    await two.log.getByText('Ada yang bisa dibantu?').waitFor();
    await hasUnread(one, 0);
    await hasDecided(one);
    assert.deepEqual(await heardInAll(tabs), { contexts: 1, closed: 1, notes: 2 });
    await closeIn(two);
    await budiSays(one, 'Masih di sana?');
    await until(async () => (await heardInAll(tabs)).closed === 2, 'the next one was over');
  });

  test('sound that is muted in one tab is muted in all, until it is turned on again', async () => {
    const one = await firstTab();
    const two = await nextTab(one);
    const tabs = [one, two];
    const press = async (name: string) => {
      await two.page.locator('livechat-widget').getByRole('button', { name: 'Opsi' }).click();
      await two.page.locator('livechat-widget').getByRole('switch', { name }).click();
    };
    const closeAll = async () => {
      await closeIn(two);
      for (const tab of tabs) await until(async () => !(await tab.isOpen()), 'all were closed');
    };
    await closeAll();
    await budiSays(one, 'Halo juga');
    await until(async () => (await heardInAll(tabs)).closed === 1, 'a tone was over');
    await launcherOf(two).click();
    await press('Suara');
    for (const tab of tabs) await hasUnread(tab, 0);
    await closeAll();
    await budiSays(one, 'Ada yang bisa dibantu?');
    for (const tab of tabs) await hasUnread(tab, 1);
    for (const tab of tabs) await hasDecided(tab);
    assert.deepEqual(await heardInAll(tabs), { contexts: 1, closed: 1, notes: 2 });
    await launcherOf(two).click();
    await press('Suara');
    await closeAll();
    await budiSays(one, 'Masih di sana?');
    await until(async () => (await heardInAll(tabs)).closed === 2, 'the next one was over');
  });

  test('eight tabs have one stream and one sender, and another tab takes over when that is closed', async () => {
    const first = await harness.page({ prepare });
    const tabs = [first];
    const asked = new Map<WidgetPage, string[]>();
    const note = (tab: WidgetPage) => {
      const own: string[] = [];
      asked.set(tab, own);
      tab.page.on('request', (request) => own.push(`${request.method()} ${new URL(request.url()).pathname}`));
    };
    note(first);
    await first.begin();
    while (tabs.length < 8) {
      const tab = await nextTab(first);
      note(tab);
      tabs.push(tab);
    }
    const those = (what: RegExp) => tabs.filter((tab) => asked.get(tab)!.some((line) => what.test(line)));
    const eachSays = async (all: readonly WidgetPage[], round: string) => {
      for (const [index, tab] of all.entries()) await tab.send(`${round} ${index}`);
      for (const tab of all)
        await until(
          async () => (await tab.bubbles()).at(-1) === `${round} ${all.length - 1}`,
          'all were in step',
        );
      await until(async () => (await all[0]!.hostView('limit=1')).seq === sent(), 'all was sent');
    };
    const sent = () => tabs.reduce((sum, { said }) => sum + said.length, 0);
    await eachSays(tabs, 'satu');
    assert.deepEqual(those(/POST .*\/turns/), [first]);
    assert.deepEqual(those(/GET .*\/stream/), [first]);

    for (const own of asked.values()) own.length = 0;
    await first.page.close();
    const others = tabs.slice(1);
    await eachSays(others, 'dua');
    const [next, ...more] = those(/POST .*\/turns/);
    assert.deepEqual([others.includes(next!), more], [true, []]);
    await until(() => those(/GET .*\/stream/).length > 0, 'there was a stream again');
    assert.deepEqual(those(/GET .*\/stream/), [next]);
  });
});
