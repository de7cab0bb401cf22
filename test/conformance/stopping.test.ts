import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { after, before, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startProxy, type Fault, type Proxy } from './self-test/breaking-proxy.ts';
import { startOwnHost, withoutVersion, type OwnHost } from './self-test/own-host.ts';

const MAIN = fileURLToPath(import.meta.resolve('@alur/conformance').replace('index.ts', 'main.ts'));

type Watched = Proxy & { limited: Promise<void> };

describe('a kit that is stopped from outside', { timeout: 120_000 }, () => {
  let own: OwnHost;
  before(async () => {
    // The second visitor would have to wait for half a minute: the middle of a check.
    own = await startOwnHost({ visitorsPerAddress: { burst: 1, perMinute: 2 } });
  });
  after(() => own.close());

  const ask = (path: string, change?: object): Promise<Response> =>
    fetch(own.options.base + path, {
      headers: { authorization: `Bearer ${own.options.token}`, 'content-type': 'application/json' },
      ...(change && { method: 'PATCH', body: JSON.stringify(change) }),
    });
  const inboxes = async (): Promise<unknown> => {
    const answer = await ask('/v1/inboxes');
    assert.equal(answer.status, 200);
    const { items } = (await answer.json()) as { items: object[] };
    return items.map(withoutVersion);
  };
  const changeInbox = async (change: object): Promise<void> => {
    assert.equal((await ask('/v1/inboxes/own_web', change)).status, 200);
  };
  beforeEach(() => changeInbox({ origins: ['https://shop.example'], aiAgentId: 'own_ai_cs' }));

  /** Returns the host behind a proxy that breaks something and reports when the kit was limited. */
  async function watched(fault: Fault): Promise<Watched> {
    let tell = (): void => undefined;
    const limited = new Promise<void>((resolve) => (tell = resolve));
    const proxy = await startProxy(own.options.base, (request, forward) =>
      fault(request, async (passed) => {
        const answer = await forward(passed);
        if (answer.status === 429) tell();
        return answer;
      }),
    );
    return { ...proxy, limited };
  }

  /** Starts the command. Resolves when it is in the middle of a check that waits. */
  async function started(
    { base, limited }: Watched,
    shell?: string,
  ): Promise<{ kit: ChildProcess; said(): string }> {
    let said = '';
    const command = [process.execPath, MAIN, base, '--only', 'turns'];
    const [file, ...args] = shell ? ['sh', '-c', shell, ...command] : command;
    const env = { ...process.env, ALUR_TOKEN: own.options.token };
    const kit = spawn(file!, args, { env: shell ? { ...env, npm_lifecycle_event: 'conformance' } : env });
    kit.stdout!.resume();
    kit.stderr!.on('data', (text) => (said += String(text)));
    await Promise.race([
      limited,
      once(kit, 'exit').then(() => assert.fail(`it ended before it was stopped: ${said}`)),
    ]);
    return { kit, said: () => said };
  }

  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)
    test(`by ${signal} puts the inbox back at once and ends with ${code}`, async () => {
      const was = await inboxes();
      const proxy = await watched((request, forward) => forward(request));
      try {
        const { kit, said } = await started(proxy);
        assert.notDeepEqual(await inboxes(), was);
        const began = performance.now();
        const ended = once(kit, 'exit');
        // Like npm and `timeout`, which repeat a signal that the process already received.
        kit.kill(signal);
        kit.kill(signal);
        assert.deepEqual(await ended, [code, null]);
        assert.ok(performance.now() - began < 10_000, 'it did not wait for the check');
        assert.deepEqual(await inboxes(), was);
        assert.equal(said(), `Stopped by ${signal}.\n`);
      } finally {
        await proxy.close();
      }
    });

  test('by the end of npm, whose shell keeps the signal to itself', async () => {
    const was = await inboxes();
    const proxy = await watched((request, forward) => forward(request));
    try {
      const { kit, said } = await started(proxy, '"$0" "$@"; exit');
      const ended = once(kit, 'close');
      kit.kill('SIGTERM');
      // The shell ends immediately; its output closes when the kit ends too.
      assert.deepEqual(await ended, [null, 'SIGTERM']);
      assert.deepEqual(await inboxes(), was);
      assert.equal(said(), 'Stopped by the end of npm.\n');
    } finally {
      await proxy.close();
    }
  });

  for (const [how, taken] of [
    ['refuses it', async () => ({ status: 500, headers: new Headers(), body: '' })],
    ['does not answer any more', () => new Promise<never>(() => undefined)],
  ] as [string, Fault][])
    test(`reports the inbox’s former settings within seconds when the host ${how}`, async () => {
      let isDown = false;
      const proxy = await watched((request, forward) =>
        isDown ? taken(request, forward) : forward(request),
      );
      try {
        const { kit, said } = await started(proxy);
        isDown = true;
        const began = performance.now();
        kit.kill('SIGTERM');
        assert.deepEqual(await once(kit, 'exit'), [143, null]);
        assert.ok(performance.now() - began < 10_000, 'it did not wait for the host');
        assert.match(
          said(),
          /own_web could not be put back to .*"aiAgentId":"own_ai_cs".*https:\/\/shop\.example/,
        );
      } finally {
        await proxy.close();
      }
    });

  test('a second signal does not wait for the inbox', async () => {
    let isHung = false;
    const proxy = await watched((request, forward) =>
      isHung ? new Promise<never>(() => undefined) : forward(request),
    );
    try {
      const { kit, said } = await started(proxy);
      isHung = true;
      const ended = once(kit, 'exit');
      // Ctrl-C again and again until the command ends.
      const pressing = setInterval(() => kit.kill('SIGINT'), 50);
      const exit = await ended;
      clearInterval(pressing);
      assert.deepEqual(exit, [130, null]);
      assert.equal(said(), '');
    } finally {
      await proxy.close();
    }
  });
});
