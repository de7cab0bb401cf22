import type { CustomRunKinds, PublicFlow } from '@alur/flow/run';
import '../define.ts';
import { serveInbox, startNetwork, stopNetwork } from '../testing/fake-network.ts';
import { equal, until } from '../testing/page.ts';
import { WidgetDriver } from '../testing/widget.ts';

const flow: PublicFlow = {
  format: 'alur.flow/2',
  id: 'flow',
  name: 'Flow',
  timeZone: 'Asia/Jakarta',
  cards: {
    start: { kind: 'start', next: ['shop', 'rest'] },
    shop: { kind: 'condition', test: { kind: 'x-page-url', prefix: '/shop' }, next: ['hello'] },
    rest: { kind: 'else', next: ['human'] },
    hello: { kind: 'message', text: 'Welcome to the shop.', next: ['human2'] },
    human: { kind: 'assign-human', skipLastAiResponse: true, next: [] },
    human2: { kind: 'assign-human', skipLastAiResponse: true, next: [] },
  },
};

const kinds: CustomRunKinds = {
  tests: [
    {
      kind: 'x-page-url',
      compile: (test) => {
        const { prefix } = test as { prefix: string } & typeof test;
        return ({ facts }) => (facts.visitor?.attributes?.['page'] ?? '').startsWith(prefix);
      },
    },
  ],
};

describe('card kinds of the page', () => {
  before(startNetwork);
  after(stopNetwork);

  it('run in the browser before the host responds', async () => {
    const inbox = serveInbox({ flow });
    const widget = new WidgetDriver(inbox.id);
    widget.element.kinds = kinds;

    await widget.open();
    await until(() => inbox.streams === 1, 'the widget did not connect');
    await widget.element.setAttributes({ page: '/shop/1' });
    // The host cannot be reached, so only the browser can run the flow.
    inbox.turnsAnswer = () => new Response(null, { status: 503 });
    await widget.say('Hi');
    await widget.sees('Welcome to the shop.');
    equal(widget.bubbles, ['Hi', 'Welcome to the shop.']);
    widget.remove();
  });

  it('are left to the host if the page has not declared them', async () => {
    const inbox = serveInbox({ flow });
    const widget = new WidgetDriver(inbox.id);
    await widget.open();
    await until(() => inbox.streams === 1, 'the widget did not connect');
    await widget.element.setAttributes({ page: '/shop/1' });
    await widget.say('Hi');
    await until(() => inbox.turns.length === 1, 'the turn was not sent');
    equal(inbox.turns[0]!.effects, undefined);
    equal(widget.bubbles, ['Hi']);
    widget.remove();
  });
});
