import { browserRuntime } from '../runtime.ts';
import { equal, until } from '../testing/page.ts';
import { createLeadership, type Leadership, type LeadershipOptions } from './leadership.ts';

/** A runtime whose timers are a hundred times faster, so that tests do not wait for a frozen tab. */
const hasty = {
  ...browserRuntime(),
  after: (ms: number, action: () => void) => browserRuntime().after(ms / 100, action),
};

describe('leadership among tabs', () => {
  let standing: Leadership[] = [];
  let leases: Record<string, { owner: string; until: number }> = {};
  /** Number of lease requests, or of questions to the leader, for each tab. */
  let asked: Record<string, number> = {};
  /** Names of the leaders, in order. */
  let led: string[] = [];
  const ask = (id: string) => void (asked[id] = (asked[id] ?? 0) + 1);
  function tab(name: string, id: string, changes: Partial<LeadershipOptions> = {}): Leadership {
    const leadership: Leadership = createLeadership({
      name,
      runtime: hasty,
      locks: navigator.locks,
      async lease(ms) {
        ask(id);
        const now = Date.now();
        const held = leases[name];
        if (held && held.owner !== id && held.until > now) return false;
        leases[name] = { owner: id, until: now + ms / 100 };
        return true;
      },
      askLeader() {
        ask(id);
        const isLed = standing.some((other) => other !== leadership && other.leading);
        // The answer arrives over a channel, so it is asynchronous.
        if (isLed) queueMicrotask(leadership.noteLeader);
      },
      isWatched: () => true,
      onChange: (leads) => void (leads && led.push(id)),
      ...changes,
    });
    standing.push(leadership);
    return leadership;
  }
  afterEach(() => {
    for (const leadership of standing) leadership.stepDown();
    standing = [];
    leases = {};
    asked = {};
    led = [];
  });

  for (const [how, locks] of [
    ['with locks', navigator.locks],
    ['with a lease', undefined],
  ] as const) {
    it(`${how}: one tab leads, and the next one after it steps down`, async () => {
      const name = crypto.randomUUID();
      const [one, two] = [tab(name, 'one', { locks }), tab(name, 'two', { locks })];
      one.stand();
      await until(() => one.leading);
      two.stand();
      await until(() => asked['two']! >= 3);
      equal([one.leading, two.leading, led], [true, false, ['one']]);
      one.stepDown();
      await until(() => two.leading);
      equal([one.leading, led], [false, ['one', 'two']]);
    });
  }

  it('a leader that does not respond is replaced, is notified, and can lead again', async () => {
    const name = crypto.randomUUID();
    const frozen = tab(name, 'frozen');
    frozen.stand();
    await until(() => frozen.leading);
    const awake = tab(name, 'awake', { askLeader() {} });
    awake.stand();
    await until(() => awake.leading);
    await until(() => !frozen.leading);
    awake.stepDown();
    await until(() => frozen.leading);
  });

  it('a tab leads by itself if locks are rejected', async () => {
    const refuse = () => Promise.reject(new DOMException('no origin', 'SecurityError'));
    const locks = { request: refuse } as unknown as LockManager;
    const alone = tab(crypto.randomUUID(), 'alone', { locks });
    alone.stand();
    await until(() => alone.leading);
  });

  it('a hidden tab does not take over from the leader', async () => {
    const name = crypto.randomUUID();
    const one = tab(name, 'one');
    one.stand();
    await until(() => one.leading);
    const hidden = tab(name, 'hidden', { askLeader: () => ask('hidden'), isWatched: () => false });
    hidden.stand();
    // Before the third question, two answers were missing.
    await until(() => asked['hidden']! >= 3);
    equal([one.leading, hidden.leading, led], [true, false, ['one']]);
  });
});
