import { equal } from '../testing/page.ts';
import { watchPage } from './watch-page.ts';

describe('a page that is watched', () => {
  const { now } = Date;
  const calls: unknown[] = [];
  let stop = () => {};
  function show(visibilityState: 'visible' | 'hidden', after: number) {
    Object.defineProperty(document, 'visibilityState', { value: visibilityState, configurable: true });
    Date.now = () => now() + after;
    document.dispatchEvent(new Event('visibilitychange'));
  }
  beforeEach(() => {
    calls.length = 0;
    stop = watchPage({
      retryNow: (forceReconnect) => calls.push(!!forceReconnect),
      suspend: () => calls.push('suspend'),
      resume: () => calls.push('resume'),
    });
  });
  afterEach(() => {
    stop();
    Date.now = now;
    delete (document as { visibilityState?: unknown }).visibilityState;
  });

  it('retries when the page is visible again, and checks its connection after a long hidden time', () => {
    show('hidden', 0);
    show('visible', 5_000);
    show('hidden', 5_000);
    show('visible', 45_000);
    equal(calls, [false, true]);
  });

  it('checks the connection on offline and online events', () => {
    for (const name of ['offline', 'online']) dispatchEvent(new Event(name));
    equal(calls, [true, true]);
    stop();
    dispatchEvent(new Event('online'));
    equal(calls.length, 2);
  });

  it('suspends on a freeze event and resumes on a resume event', () => {
    document.dispatchEvent(new Event('freeze'));
    document.dispatchEvent(new Event('resume'));
    equal(calls, ['suspend', 'resume']);
  });
});
