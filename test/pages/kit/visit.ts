import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import type { EngineName, EnginePage, EngineVisitor, Plain } from '../../support/engines/engine.ts';
import type { Box } from './probe.ts';
import type { Setting } from './setting.ts';
import { inboxOf, type Stage } from './stage.ts';
import { CONTROLS } from './test-page.ts';
import { GREETING, QUESTION } from './workspace.ts';

const SHOTS = fileURLToPath(new URL('../../../.test/pages/', import.meta.url));
/** How long anything may take before it has failed. Engines share two cores. */
const PATIENCE_MS = 10_000;

/** A visitor on a test page: what somebody does there, and what must hold for the site. */
export class Visit {
  readonly stage: Stage;
  readonly setting: Setting;
  readonly engine: EngineName;
  readonly visitor: EngineVisitor;
  readonly inbox: string;
  readonly origin: string;
  page: EnginePage;

  constructor(stage: Stage, setting: Setting, engine: EngineName, visitor: EngineVisitor, page: EnginePage) {
    this.stage = stage;
    this.setting = setting;
    this.engine = engine;
    this.visitor = visitor;
    this.page = page;
    this.inbox = inboxOf(setting, engine);
    this.origin = stage.originOf(setting, engine);
  }

  /** What every page has to stand: look, leave no trace, work as a site, chat, and complain of nothing. */
  async wholeJob(): Promise<void> {
    await this.leavesNoTrace();
    await this.launcherIsThere();
    await this.siteWorks();
    await this.shoot('launcher');
    await this.chats();
    await this.shoot('chat');
    await this.siteWorks(['link-a', 'field', 'near-left']);
    await this.isQuiet();
  }

  goto(path = '/'): Promise<void> {
    return this.page.goto(this.origin + path);
  }

  /** Opens the chat, says something, and gets the flow's answer; the host hears it once. */
  async chats(text = `A word from ${this.engine}`): Promise<void> {
    await this.open();
    await this.say(text);
    await this.sees(GREETING);
    await this.sees(QUESTION);
    await this.isHeard(text);
  }

  async open(): Promise<void> {
    await this.clickOn('.launcher');
    await this.isOpen();
  }

  async isOpen(): Promise<void> {
    await this.until('the panel never opened', () => probe.boxes('[part~=input]')[0]?.height);
    await this.page.evaluate(() => probe.still());
  }

  /** Types and presses Enter, as people do. */
  async say(text: string): Promise<void> {
    await this.clickOn('[part~=input]');
    await this.page.type(text);
    await this.page.press('Enter');
    await this.sees(text);
  }

  async sees(text: string): Promise<void> {
    await this.until(
      `"${text}" was never shown`,
      (words) => probe.texts('.bubble').includes(words as string),
      text,
    );
  }

  /** The host has it, once. */
  async isHeard(text: string): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    let heard: string[] = [];
    do {
      heard = await this.stage.heard(this.inbox);
      if (heard.includes(text)) break;
      await pause(25);
    } while (performance.now() < end);
    assert.equal(
      heard.filter((words) => words === text).length,
      1,
      `the host heard ${JSON.stringify(heard)}`,
    );
  }

  /** The launcher is to be seen inside the viewport, has its size, and takes the click. */
  async launcherIsThere(index = 0): Promise<Box> {
    const box = await this.box('.launcher', index);
    assert.ok(box.width >= 55 && box.height >= 55, `the launcher is ${box.width} by ${box.height}`);
    const [x, y] = centreOf(box);
    const view = await this.page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
    assert.ok(
      x > 0 && y > 0 && x < view.width && y < view.height,
      `the launcher is out of view at ${x}, ${y}`,
    );
    const isHit = await this.page.evaluate(
      ({ x, y }: { x: number; y: number }) => probe.hits('.launcher', x, y),
      { x, y },
    );
    assert.ok(isHit, 'something lies over the launcher');
    return box;
  }

  /** Everything of the site's own can be clicked, and the widget takes clicks nowhere but on what is seen of it. */
  async siteWorks(controls = CONTROLS): Promise<void> {
    const own = await this.page.evaluate(() => probe.boxes('.launcher, livechat-panel[open]'));
    const inside = ([x, y]: [number, number]): boolean =>
      own.some((box) => x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height);
    const taken = await this.page.evaluate(() => probe.coveredBy('livechat-widget', 20));
    assert.deepEqual(
      taken.filter((point) => !inside(point)),
      [],
      'the widget takes clicks where nothing of it is seen',
    );
    for (const id of controls) {
      const [box] = await this.page.evaluate((id: string) => probe.boxes(`#${id}`), id);
      const point = centreOf(box!);
      if (inside(point)) continue;
      const clicked = {
        id,
        times: await this.page.evaluate((id: string) => (probe.clicks[id] ?? 0) + 1, id),
      };
      await this.page.click(...point);
      await this.until(
        `#${id} of the site could not be clicked`,
        ({ id, times }: { id: string; times: number }) => probe.clicks[id] === times,
        clicked,
      );
    }
  }

  /** Before the chat is opened, the widget adds to the page its element and one global, and to the device nothing. */
  async leavesNoTrace(): Promise<void> {
    await this.goto('/?bare');
    const before = await this.page.evaluate(() => probe.traces());
    await this.goto();
    await this.isPrepared();
    const after = await this.page.evaluate(() => probe.traces());
    const added = without(after, before);
    assert.deepEqual(added.sort(), [
      'global livechat',
      'head holds <script>',
      'html holds <livechat-widget>',
    ]);
  }

  /** The launcher is there, and so is the panel, which it fetches when the mouse comes near. */
  async isPrepared(): Promise<void> {
    await this.page.move(...centreOf(await this.box('.launcher')));
    await this.until('the panel was never fetched', () => customElements.get('livechat-panel') !== undefined);
  }

  /** Nothing of ours on the console but at most one warning, and no guard of the page had to step in. */
  async isQuiet(warnings = 1): Promise<void> {
    const said = await this.page.evaluate(() => probe.complaints);
    assert.deepEqual(said.errors, []);
    assert.deepEqual(said.violations, []);
    assert.ok(
      said.warnings.length <= warnings,
      `${said.warnings.length} warnings: ${said.warnings.join('; ')}`,
    );
  }

  /** Waits until something in the page is truthy. */
  async until<Arg extends Plain>(about: string, body: (arg: Arg) => unknown, arg?: Arg): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      if (await this.page.evaluate(body as (arg: Plain) => unknown, arg)) return;
      if (performance.now() > end) {
        await this.shoot('failed').catch(() => undefined);
        const seen = await this.page.evaluate(() => ({
          ...probe.complaints,
          clicks: probe.clicks,
          bubbles: probe.texts('.bubble'),
        }));
        throw new Error(`${about} (waited ${PATIENCE_MS / 1000} s): ${JSON.stringify(seen)}`);
      }
      await pause(20);
    }
  }

  async box(selector: string, index = 0): Promise<Box> {
    await this.until(
      `${selector} is not there`,
      ({ selector, index }: { selector: string; index: number }) => probe.boxes(selector)[index],
      { selector, index },
    );
    const boxes = await this.page.evaluate((selector: string) => probe.boxes(selector), selector);
    return boxes[index]!;
  }

  async clickOn(selector: string, index = 0): Promise<void> {
    await this.page.click(...centreOf(await this.box(selector, index)));
  }

  /** Keeps a picture of what is seen under `.test/pages/`. */
  async shoot(state: string): Promise<void> {
    await this.page.evaluate(() => probe.still());
    await mkdir(SHOTS + this.engine, { recursive: true });
    await writeFile(`${SHOTS}${this.engine}/${this.setting.name}-${state}.png`, await this.page.screenshot());
  }
}

function centreOf({ x, y, width, height }: Box): [number, number] {
  return [x + width / 2, y + height / 2];
}

/** What `all` has more of than `some`. */
function without(all: readonly string[], some: readonly string[]): string[] {
  const rest = [...some];
  return all.filter((line) => {
    const at = rest.indexOf(line);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}
