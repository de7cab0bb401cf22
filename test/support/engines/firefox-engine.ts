import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { click, moveTo, stroke, strokes } from './actions.ts';
import { connectBidi, type BidiConnection } from './bidi-connection.ts';
import { resultOf, scriptOf, VIEWPORT, type Engine, type EnginePage, type Plain } from './engine.ts';

/** No network requests of the browser itself, and no window over the page. */
const PREFERENCES: Record<string, string | number | boolean> = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.safebrowsing.downloads.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.disable_open_during_load': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.systemAddon.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'remote.prefs.recommended': true,
  'services.settings.server': 'data:,none',
  'toolkit.telemetry.reportingpolicy.firstRun': false,
};

const START_MS = 60_000;
const CLOSE_MS = 20_000;

interface Session {
  capabilities: { browserVersion: string };
}

interface Evaluated {
  type: 'success' | 'exception';
  result?: { value?: unknown };
  exceptionDetails?: { text: string };
}

/** Starts Firefox, headless, with a new profile, and controls it over WebDriver BiDi. */
export async function launchFirefoxEngine(executablePath: string): Promise<Engine> {
  const profile = await mkdtemp(join(tmpdir(), 'alur-firefox-'));
  const lines = Object.entries(PREFERENCES).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  await writeFile(join(profile, 'user.js'), lines.join('\n'));
  const browser = spawn(
    executablePath,
    ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', 'about:blank'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const kill = (): void => void browser.kill('SIGKILL');
  process.once('exit', kill);
  const begin = async () => {
    const bidi = await connectBidi(await addressOf(browser));
    const { capabilities } = await bidi.send<Session>('session.new', { capabilities: {} });
    return { bidi, version: capabilities.browserVersion };
  };
  const { bidi, version } = await begin().catch(async (error: unknown) => {
    kill();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    throw error;
  });
  return {
    name: 'firefox',
    version,
    async visitor({ proxy } = {}) {
      const { userContext } = await bidi.send<{ userContext: string }>('browser.createUserContext', {
        ...(proxy && { proxy: { proxyType: 'manual', httpProxy: proxy } }),
      });
      return {
        async page() {
          // A window and not a tab: a tab behind another one is hidden, and gets no frames.
          const { context } = await bidi.send<{ context: string }>('browsingContext.create', {
            type: 'window',
            userContext,
          });
          await bidi.send('browsingContext.setViewport', { context, viewport: VIEWPORT });
          return pageOf(bidi, context);
        },
        close: () => bidi.send<void>('browser.removeUserContext', { userContext }),
      };
    },
    async close() {
      if (browser.exitCode === null && browser.signalCode === null) {
        const gone = once(browser, 'exit');
        const late = setTimeout(kill, CLOSE_MS);
        bidi.send('browser.close').catch(kill);
        await gone;
        clearTimeout(late);
      }
      process.off('exit', kill);
      bidi.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Resolves with the URL that Firefox prints when it listens. */
function addressOf(browser: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const late = (): void => reject(new Error(`Firefox does not listen: ${said.slice(-2_000)}`));
    setTimeout(late, START_MS).unref();
    browser.stderr!.on('data', (chunk: Buffer) => {
      said += String(chunk);
      const address = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said)?.[1];
      if (address) resolve(address);
    });
    browser.once('error', reject);
    browser.once('exit', (code) => reject(new Error(`Firefox ended with ${code}: ${said.slice(-2_000)}`)));
  });
}

function pageOf(bidi: BidiConnection, context: string): EnginePage {
  const act = async (actions: object[], frame?: number): Promise<void> => {
    await bidi.send('input.performActions', { context: await contextOf(frame), actions });
  };
  async function contextOf(frame: number | undefined): Promise<string> {
    if (frame === undefined) return context;
    const { contexts } = await bidi.send<{ contexts: { children: { context: string }[] }[] }>(
      'browsingContext.getTree',
      { root: context },
    );
    return contexts[0]!.children[frame]!.context;
  }
  return {
    async goto(url) {
      await bidi.send('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    back: () => bidi.send<void>('browsingContext.traverseHistory', { context, delta: -1 }),
    async evaluate(body: (...args: never[]) => unknown, arg?: Plain, frame?: number) {
      const target = { context: await contextOf(frame) };
      const answer = await bidi.send<Evaluated>('script.callFunction', {
        functionDeclaration: `function () { ${scriptOf(body, arg)} }`,
        target,
        awaitPromise: true,
      });
      if (answer.type === 'exception') throw new Error(answer.exceptionDetails?.text);
      return resultOf(answer.result?.value);
    },
    move: (x, y, frame) => act(moveTo(x, y), frame),
    async click(x, y, frame) {
      await act(moveTo(x, y), frame);
      await act(click(), frame);
    },
    type: (text, frame) => act(strokes(text), frame),
    press: (key, frame) => act(stroke(key), frame),
    async screenshot() {
      const { data } = await bidi.send<{ data: string }>('browsingContext.captureScreenshot', { context });
      return Buffer.from(data, 'base64');
    },
    close: () => bidi.send<void>('browsingContext.close', { context }),
  };
}
