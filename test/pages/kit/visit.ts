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
import { inboxOf, type Origin, type Stage } from './stage.ts';
import { BESIDE_CHAT, CONTROLS } from './test-page.ts';
import { GREETING, QUESTION } from './workspace.ts';

const SHOTS = fileURLToPath(new URL('../../../.test/pages/', import.meta.url));
/** The widget's texts for unsent messages. */
const UNSENT = [en, id].flatMap(({ queued, sending }) => [queued, sending]);
/** Maximum wait for each step, in milliseconds. Engines share two cores. */
const PATIENCE_MS = 20_000;

/** Globals that Lit and nanostores share between all their copies on a page. */
const LIBRARY_TRACES = [
  'litElementVersions',
  'litHtmlVersions',
  'litPropertyMetadata',
  'nanostoresGlobal',
  'reactiveElementVersions',
].map((name) => `global ${name}`);

/** A visitor on a test page: actions of a user, and checks for the site. */
export class Visit {
  readonly stage: Stage;
  readonly hostilePage: Origin;
  readonly engine: EngineName;
  readonly visitor: EngineVisitor;
  readonly inbox: string;
  readonly origin: string;
  page: EnginePage;
  /** Index of the widget that is used. */
  widget = 0;
  /** The frame of the site, if it is in one. */
  frame: number | undefined = undefined;
  /** The messages that the host received, with their inboxes. */
  readonly #heard: { text: string; inbox: string }[] = [];

  constructor(
    stage: Stage,
    hostilePage: Origin,
    engine: EngineName,
    visitor: EngineVisitor,
    page: EnginePage,
  ) {
    this.stage = stage;
    this.hostilePage = hostilePage;
    this.engine = engine;
    this.visitor = visitor;
    this.page = page;
    this.inbox = inboxOf(hostilePage, engine);
    this.origin = stage.originOf(hostilePage, engine);
  }

  /**
   * The whole job: the launcher is visible, nothing is stored, the site works, the chat works, and there are
   * no errors.
   */
  async wholeJob(path = '/'): Promise<void> {
    await this.leavesNoTrace(path);
    await this.isUsable();
  }

  /** Checks a page that is already open: the launcher, the site, the chat, the site next to the chat. */
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

  /** Continues in the page's only frame. */
  async enterFrame(): Promise<void> {
    this.frame = 0;
    await this.until('the frame never loaded', () => document.readyState === 'complete');
  }

  /** Runs `body` in the site's page. */
  look<Result>(body: () => Result | Promise<Result>): Promise<Result>;
  look<Arg extends Plain, Result>(body: (arg: Arg) => Result | Promise<Result>, arg: Arg): Promise<Result>;
  look<Result>(body: (arg: Plain) => Result | Promise<Result>, arg?: Plain): Promise<Result> {
    return this.page.evaluate(body, arg, this.frame);
  }

  /** Clicks at a point of the site's viewport. */
  click(x: number, y: number): Promise<void> {
    return this.page.click(x, y, this.frame);
  }

  /** Opens the chat, sends a message, and gets the flow's reply. The host receives the message once. */
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

  /** Clicks on a control of the site. */
  async use(id: string): Promise<void> {
    const find = (id: string): Box | undefined => probe.boxes(`#${id}`)[0];
    await this.until(`#${id} of the site is not there`, find, id);
    await this.click(...centreOf((await this.look(find, id))!));
  }

  /** Types and presses Enter, like a user. */
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
   * Waits until the host has received the message and every earlier one, once. A duplicate can arrive late:
   * this counts when the widget knows that the host has the message and has no reason to send it again, and
   * `heardOnce` counts again after the visit.
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
    // A closed page sends nothing.
    while (performance.now() < end) {
      if (!(await this.look(isUnsent, { text, unsent: UNSENT }).catch(() => false))) break;
      await pause(25);
    }
    await this.heardOnce();
  }

  /** Checks that every message was received once. */
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

  /** Checks that the launcher is visible in the viewport, has its size, and receives clicks. */
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
   * Checks that every control of the site can be clicked, and that the widget receives clicks only where it
   * is visible. It must cover none of `controls`: next to an open chat, pass those that must stay free.
   * Controls that the site itself hides are left out.
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
        // When a style sheet of the page removes its position, its place depends on fonts.
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
   * Before the chat is opened, the widget adds its element, one global and those of its libraries to the
   * page, and nothing to the device.
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

  /** Waits for the launcher and the panel, which loads when the mouse comes near. */
  async isPrepared(): Promise<void> {
    await this.page.move(...centreOf(await this.box('.launcher')), this.frame);
    await this.until('the panel was never fetched', () => customElements.get('livechat-panel') !== undefined);
  }

  /**
   * Waits until the inbox, used through `stage.counted`, has this number of streams. Closed streams are
   * noticed late.
   */
  async streamsAre(count: number): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    const { streams } = await this.stage.counted(this.inbox);
    while (streams() !== count && performance.now() < end) await pause(25);
    assert.equal(streams(), count, 'streams of the inbox');
  }

  /**
   * Checks that the console has no message of the widget except at most one warning, and no policy violation.
   */
  async isQuiet(warnings = 1): Promise<void> {
    const said = await this.look(() => probe.complaints);
    assert.deepEqual(said.errors, []);
    assert.deepEqual(said.violations, []);
    assert.ok(
      said.warnings.length <= warnings,
      `${said.warnings.length} warnings: ${said.warnings.join('; ')}`,
    );
  }

  /** Waits until a value in the page is truthy. */
  async until<Arg extends Plain>(about: string, body: (arg: Arg) => unknown, arg?: Arg): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      // A page that is being unloaded cannot be read.
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

  /** Returns the box of the first visible match in the widget. Waits for it. */
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

  /** Saves a screenshot under `.test/pages/`. */
  async shoot(state: string): Promise<void> {
    await this.look(() => probe.still());
    await mkdir(SHOTS + this.engine, { recursive: true });
    await writeFile(
      `${SHOTS}${this.engine}/${this.hostilePage.name}-${state}.png`,
      await this.page.screenshot(),
    );
  }
}

function centreOf({ x, y, width, height }: Box): [number, number] {
  return [x + width / 2, y + height / 2];
}

/** Whether any part of it is in the viewport that all pages have. */
function isSeen({ x, y, width, height }: Box): boolean {
  return (
    width * height > 0 && x >= 0 && y >= 0 && x + width <= VIEWPORT.width && y + height <= VIEWPORT.height
  );
}

/** Returns the entries that `all` has and `some` lacks. */
function without(all: readonly string[], some: readonly string[]): string[] {
  const rest = [...some];
  return all.filter((line) => {
    const at = rest.indexOf(line);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}
