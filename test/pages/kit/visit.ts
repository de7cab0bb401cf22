import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { strings as en } from '../../../packages/livechat-widget/src/strings/en.ts';
import { strings as id } from '../../../packages/livechat-widget/src/strings/id.ts';
import {
  VIEWPORT,
  type EngineName,
  type EnginePage,
  type EngineVisitor,
  type Plain,
} from '../../support/engines/engine.ts';
import type { Box } from './probe.ts';
import type { Setting } from './setting.ts';
import { inboxOf, type Stage } from './stage.ts';
import { BESIDE_CHAT, CONTROLS } from './test-page.ts';
import { GREETING, QUESTION } from './workspace.ts';

const SHOTS = fileURLToPath(new URL('../../../.test/pages/', import.meta.url));
/** How the widget calls what it has not been able to hand over yet. */
const UNSENT = [en, id].flatMap(({ queued, sending }) => [queued, sending]);
/** How long anything may take before it has failed. Engines share two cores. */
const PATIENCE_MS = 20_000;

/** Globals that Lit and nanostores share between all copies of themselves on a page. */
const LIBRARY_TRACES = [
  'litElementVersions',
  'litHtmlVersions',
  'litPropertyMetadata',
  'nanostoresGlobal',
  'reactiveElementVersions',
].map((name) => `global ${name}`);

/** A visitor on a test page: what somebody does there, and what must hold for the site. */
export class Visit {
  readonly stage: Stage;
  readonly setting: Setting;
  readonly engine: EngineName;
  readonly visitor: EngineVisitor;
  readonly inbox: string;
  readonly origin: string;
  page: EnginePage;
  /** Which of the page's widgets is meant. */
  widget = 0;
  /** The frame in which the site is, if it is in one. */
  frame: number | undefined = undefined;
  /** What the host has heard, and in which inbox. */
  readonly #heard: { text: string; inbox: string }[] = [];

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
  async wholeJob(path = '/'): Promise<void> {
    await this.leavesNoTrace(path);
    await this.isUsable();
  }

  /** The same on a page that is there already: the launcher, the site, the chat, the site beside the chat. */
  async isUsable(): Promise<void> {
    await this.launcherIsThere();
    await this.siteWorks();
    await this.shoot('launcher');
    await this.chats();
    await this.shoot('chat');
    await this.siteWorks(BESIDE_CHAT);
    await this.isQuiet();
  }

  async goto(path = '/'): Promise<void> {
    this.frame = undefined;
    await this.page.goto(this.origin + path);
  }

  /** From here on everything happens in the page's only frame. */
  async enterFrame(): Promise<void> {
    this.frame = 0;
    await this.until('the frame never loaded', () => document.readyState === 'complete');
  }

  /** Runs `body` where the site is. */
  look<Result>(body: () => Result | Promise<Result>): Promise<Result>;
  look<Arg extends Plain, Result>(body: (arg: Arg) => Result | Promise<Result>, arg: Arg): Promise<Result>;
  look<Result>(body: (arg: Plain) => Result | Promise<Result>, arg?: Plain): Promise<Result> {
    return this.page.evaluate(body, arg, this.frame);
  }

  /** Clicks at a point of the site's viewport. */
  click(x: number, y: number): Promise<void> {
    return this.page.click(x, y, this.frame);
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
    await this.box('livechat-panel[open]');
    await this.box('[part~=input]');
    await this.look(() => probe.still());
  }

  /** Clicks on something of the site. */
  async use(id: string): Promise<void> {
    const find = (id: string): Box | undefined => probe.boxes(`#${id}`)[0];
    await this.until(`#${id} of the site is not there`, find, id);
    await this.click(...centreOf((await this.look(find, id))!));
  }

  /** Types and presses Enter, as people do. */
  async say(text: string): Promise<void> {
    await this.clickOn('[part~=input]');
    await this.page.type(text, this.frame);
    await this.page.press('Enter', this.frame);
    await this.sees(text);
  }

  async sees(text: string): Promise<void> {
    await this.until(
      `"${text}" was never shown`,
      ({ text, widget }: { text: string; widget: number }) => probe.texts('.bubble', widget).includes(text),
      { text, widget: this.widget },
    );
  }

  /**
   * The host has it, and so has everything before it, once. What comes twice may come late: counted is when
   * the widget knows that the host has it and has no reason to send it again, and once more after the visit
   * (`heardOnce`).
   */
  async isHeard(text: string, inbox = this.inbox): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    while (!(await this.stage.heard(inbox)).includes(text) && performance.now() < end) await pause(25);
    this.#heard.push({ text, inbox });
    const isUnsent = ({ text, unsent }: { text: string; unsent: string[] }): boolean =>
      probe
        .all('.message')
        .some(
          (message) =>
            message.querySelector('.bubble')?.textContent === text &&
            unsent.includes((message.querySelector('.delivery')?.textContent ?? '').trim()),
        );
    // A page that is gone sends nothing.
    while (performance.now() < end) {
      if (!(await this.look(isUnsent, { text, unsent: UNSENT }).catch(() => false))) break;
      await pause(25);
    }
    await this.heardOnce();
  }

  /** Everything that was said and heard so far was heard once. */
  async heardOnce(): Promise<void> {
    for (const inbox of new Set(this.#heard.map((one) => one.inbox))) {
      const heard = await this.stage.heard(inbox);
      const wanted = new Set(this.#heard.filter((one) => one.inbox === inbox).map(({ text }) => text));
      assert.deepEqual(
        heard.filter((text) => wanted.has(text)).toSorted(),
        [...wanted].toSorted(),
        `the host heard ${JSON.stringify(heard)}`,
      );
    }
  }

  /** The launcher is to be seen inside the viewport, has its size, and takes the click. */
  async launcherIsThere(): Promise<Box> {
    const box = await this.box('.launcher');
    assert.ok(box.width >= 55 && box.height >= 55, `the launcher is ${box.width} by ${box.height}`);
    const view = await this.look(() => ({ width: innerWidth, height: innerHeight }));
    const isInside =
      box.x >= 0 && box.y >= 0 && box.x + box.width <= view.width && box.y + box.height <= view.height;
    assert.ok(isInside, `the launcher is out of view: ${JSON.stringify(box)}`);
    const [x, y] = centreOf(box);
    const isHit = await this.look(({ x, y }: { x: number; y: number }) => probe.hits('.launcher', x, y), {
      x,
      y,
    });
    assert.ok(isHit, 'something lies over the launcher');
    return box;
  }

  /**
   * Everything of the site's own can be clicked, and the widget takes clicks nowhere but on what is seen of
   * it. It lies over none of `controls`: beside an open chat, name what is to stay free. What the site itself
   * keeps out of view is left out.
   */
  async siteWorks(controls = CONTROLS): Promise<void> {
    const own = await this.look(() => probe.seen('.launcher, .panel, .card'));
    const inside = ([x, y]: [number, number]): boolean =>
      own.some((box) => x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height);
    const taken = await this.look(() => probe.coveredBy('livechat-widget', 20));
    assert.deepEqual(
      taken.filter((point) => !inside(point)),
      [],
      'the widget takes clicks where nothing of it is seen',
    );
    for (const id of controls) {
      const [box] = await this.look((id: string) => probe.boxes(`#${id}`), id);
      const point = centreOf(box!);
      if (!isSeen(box!)) continue;
      if (inside(point)) {
        // Where a style sheet of the page takes its place away, fonts decide where it lies.
        const isPlaced = (id: string): boolean => {
          const element = document.getElementById(id)!;
          return !element.matches('.near') || getComputedStyle(element).position === 'fixed';
        };
        assert.ok(!(await this.look(isPlaced, id)), `#${id} of the site lies under the widget`);
        continue;
      }
      const clicked = { id, times: await this.look((id: string) => (probe.clicks[id] ?? 0) + 1, id) };
      await this.click(...point);
      await this.until(
        `#${id} of the site could not be clicked`,
        ({ id, times }: { id: string; times: number }) => probe.clicks[id] === times,
        clicked,
      );
    }
  }

  /**
   * Before the chat is opened, the widget adds to the page its element, one global and those of its
   * libraries, and to the device nothing.
   */
  async leavesNoTrace(path = '/'): Promise<void> {
    const bare = path.includes('?') ? '&bare' : '?bare';
    await this.goto(path + bare);
    const before = await this.look(() => probe.traces());
    await this.goto(path);
    await this.isPrepared();
    const after = await this.look(() => probe.traces());
    const added = without(after, before).filter((trace) => !LIBRARY_TRACES.includes(trace));
    assert.deepEqual(added.sort(), [
      'global livechat',
      'head holds <script>',
      'html holds <livechat-widget>',
    ]);
  }

  /** The launcher is there, and so is the panel, which it fetches when the mouse comes near. */
  async isPrepared(): Promise<void> {
    await this.page.move(...centreOf(await this.box('.launcher')), this.frame);
    await this.until('the panel was never fetched', () => customElements.get('livechat-panel') !== undefined);
  }

  /**
   * The inbox, asked through `stage.counted`, holds this many streams, as soon as everybody has noticed who
   * left.
   */
  async streamsAre(count: number): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    const { streams } = await this.stage.counted(this.inbox);
    while (streams() !== count && performance.now() < end) await pause(25);
    assert.equal(streams(), count, 'streams of the inbox');
  }

  /** Nothing of ours on the console but at most one warning, and no guard of the page had to step in. */
  async isQuiet(warnings = 1): Promise<void> {
    const said = await this.look(() => probe.complaints);
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
      // A page that is just going away cannot be asked.
      const found = await this.look(body as (arg: Plain) => unknown, arg).catch((error: unknown) => error);
      if (found && !(found instanceof Error)) return;
      if (performance.now() > end) {
        await this.shoot('failed').catch(() => undefined);
        const seen = await this.look(() => ({
          ...probe.complaints,
          clicks: probe.clicks,
          bubbles: probe.texts('.bubble'),
        })).catch(String);
        throw new Error(`${about} (waited ${PATIENCE_MS / 1000} s): ${JSON.stringify(seen)}`, {
          cause: found,
        });
      }
      await pause(20);
    }
  }

  /** Where the first thing in the widget is that matches and is seen; waits for it. */
  async box(selector: string): Promise<Box> {
    const asked = { selector, widget: this.widget };
    const find = ({ selector, widget }: typeof asked): Box | undefined =>
      probe.boxes(selector, widget).find(({ width, height }) => width * height > 0);
    await this.until(`${selector} is not there`, find, asked);
    return (await this.look(find, asked))!;
  }

  async clickOn(selector: string): Promise<void> {
    await this.click(...centreOf(await this.box(selector)));
  }

  /** Keeps a picture of what is seen under `.test/pages/`. */
  async shoot(state: string): Promise<void> {
    await this.look(() => probe.still());
    await mkdir(SHOTS + this.engine, { recursive: true });
    await writeFile(`${SHOTS}${this.engine}/${this.setting.name}-${state}.png`, await this.page.screenshot());
  }
}

function centreOf({ x, y, width, height }: Box): [number, number] {
  return [x + width / 2, y + height / 2];
}

/** Whether there is anything of it to click on in the viewport that all pages have. */
function isSeen({ x, y, width, height }: Box): boolean {
  return (
    width * height > 0 && x >= 0 && y >= 0 && x + width <= VIEWPORT.width && y + height <= VIEWPORT.height
  );
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
