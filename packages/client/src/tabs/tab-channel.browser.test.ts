import { equal, until } from '../testing/page.ts';
import { openTabChannel } from './tab-channel.ts';

describe('a channel between tabs', () => {
  it('receives nothing while its page is in the back/forward cache, and can still post', async () => {
    const name = `tab-channel-${crypto.randomUUID()}`;
    const [here, there]: string[][] = [[], []];
    const channel = openTabChannel<string>(name, (message) => here!.push(message));
    const other = new BroadcastChannel(name);
    other.addEventListener('message', ({ data }) => there!.push(data as string));
    try {
      dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel takes none
      other.postMessage('while it is away');
      channel.post('leaving');
      await until(() => there!.length === 1);
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel takes none
      other.postMessage('when it is back');
      await until(() => here!.length > 0);
      equal([here, there], [['when it is back'], ['leaving']]);
    } finally {
      channel.close();
      other.close();
    }
  });
});
