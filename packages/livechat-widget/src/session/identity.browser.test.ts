import { equal, ok, until } from '../testing/page.ts';
import * as fc from 'fast-check';
import '../define.ts';
import { serveInbox, startNetwork, stopNetwork, tokenOf, tracesOf } from '../testing/fake-network.ts';
import { WidgetDriver } from '../testing/widget.ts';

type Step = { do: 'identify'; who: string } | { do: 'reset' } | { do: 'say' } | { do: 'settle' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('identify' as const), who: fc.constantFrom('ani', 'budi') }),
  fc.record({ do: fc.constantFrom('reset' as const, 'say' as const, 'say' as const, 'settle' as const) }),
);

/** Returns the messages of each person in their own conversation at the host. */
function said(inbox: ReturnType<typeof serveInbox>, who: string): string[] {
  const log = inbox.hostOf(who)?.log ?? [];
  return log.flatMap((event) =>
    event.type === 'message' && event.message.author.kind === 'visitor' ? [event.message.text] : [],
  );
}

describe('the identity of the visitor', () => {
  let widget: WidgetDriver;
  before(startNetwork);
  after(stopNetwork);

  it('identified and reset in any order at any speed: no visitor sees or sends another’s messages, on one connection', async () => {
    await fc
      .assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 2, maxLength: 8 }),
          fc.boolean(),
          async (steps, opens) => {
            const inbox = serveInbox();
            widget = new WidgetDriver(inbox.id);
            const heard: (string | null)[] = [];
            widget.element.on('identity', ({ detail }) => heard.push(detail.person));
            if (opens) await widget.open();
            let person: string | null = null;
            /** Messages of each person since the last `reset` on this device. */
            let theirs: Record<string, string[]> = {};
            const spoken: Record<string, string[]> = {};
            let waiting: Promise<unknown>[] = [];
            let count = 0;
            for (const current of [...steps, { do: 'say' } as Step]) {
              if (current.do === 'identify') {
                person = current.who;
                waiting.push(widget.element.identify(async () => tokenOf(current.who)));
              } else if (current.do === 'reset') {
                // A reset also forgets all earlier visitors of this device.
                theirs = {};
                person = null;
                waiting.push(widget.element.reset());
              } else if (current.do === 'say') {
                const text = `${person} ${(count += 1)}`;
                (theirs[person ?? ''] ??= []).push(text);
                (spoken[person ?? ''] ??= []).push(text);
                waiting.push(widget.element.sendMessage(text));
              } else {
                await Promise.all(waiting);
                waiting = [];
                ok(
                  widget.bubbles.every((text) => !/\d$/.test(text) || text.startsWith(String(person))),
                  `${person} sees ${JSON.stringify(widget.bubbles)}`,
                );
              }
            }
            await Promise.all(waiting);
            await widget.open();
            const mine = () => widget.bubbles.filter((text) => /\d$/.test(text));
            const expected = theirs[person ?? ''] ?? [];
            // Messages that the host received before this device forgot the visitor still belong to that
            // person, on every device.
            const earlier = () =>
              (person ? said(inbox, person) : []).filter((text) => !expected.includes(text));
            await until(
              () => JSON.stringify(mine()) === JSON.stringify([...earlier(), ...expected]),
              `${person} should see ${JSON.stringify(expected)}`,
            ).catch((error: Error) => {
              throw new Error(`${error.message}, and sees ${JSON.stringify(mine())}`);
            });
            await until(() => inbox.streams === 1, 'not one stream');
            for (const who of ['ani', 'budi']) {
              const all = (spoken[who] ?? []).join();
              ok(
                said(inbox, who).every((text) => text.startsWith(who) && all.includes(text)),
                `${who} said ${JSON.stringify(said(inbox, who))}`,
              );
            }
            equal(widget.element.identity?.person ?? null, person);
            equal(heard.at(-1) ?? null, person, 'a listener was lost');
            widget.remove();
            sessionStorage.clear();
          },
        ),
        { numRuns: 25, endOnFailure: true },
      )
      .catch((error: Error) => {
        // WebKit stacks do not start with the message.
        throw new Error(`${error.message}\n${(error.cause as Error).message}`);
      });
  });

  it('identifies the same user three times and another user in one tick: one visitor each, one connection', async () => {
    const inbox = serveInbox();
    widget = new WidgetDriver(inbox.id);
    await widget.open();
    const { element } = widget;
    const ani = async () => tokenOf('ani');
    await Promise.all([
      element.identify(ani),
      element.identify(ani),
      element.identify(ani),
      element.sendMessage('From Ani'),
      element.reset(),
      element.identify(tokenOf('budi')),
    ]);
    equal(widget.bubbles, []);
    await widget.say('From Budi');
    await until(() => said(inbox, 'budi').length === 1, 'the host did not receive the message');
    equal(said(inbox, 'budi'), ['From Budi']);
    await until(() => inbox.streams === 1, 'not one stream');
    ok(said(inbox, 'ani').every((text) => text === 'From Ani'));
    equal(element.identity, { person: 'budi', visitorId: 'budi', verified: true });
    widget.remove();
  });

  it('keeps the draft of a visitor who identifies, and nothing for the next user', async () => {
    const inbox = serveInbox();
    widget = new WidgetDriver(inbox.id);
    await widget.open();
    widget.type('Half a sent');
    await widget.element.identify(tokenOf('ani'));
    equal(widget.field.value, 'Half a sent');
    await widget.element.setAttributes({ email: 'ani@example.com' });
    await widget.element.identify(tokenOf('budi'));
    await until(() => widget.field.value === '', 'Budi sees the draft of Ani');
    await widget.say('From Budi');
    await until(() => inbox.turns.length === 1, 'the host did not receive the message');
    const { language, ...told } = inbox.turns[0]!.facts?.visitor ?? {};
    equal(told, {}, 'Budi does not have the attributes of Ani');
    equal(language, 'en');
    widget.remove();
  });

  it('the name and address of a verified visitor come only from the token, and its attributes win', async () => {
    const inbox = serveInbox();
    widget = new WidgetDriver(inbox.id);
    await widget.element.setAttributes({
      name: 'CEO',
      email: 'ceo@shop.example',
      plan: 'gold',
      page: '/cart',
    });
    await widget.element.identify(tokenOf('ani', { name: 'Ani', attributes: { plan: 'free' } }));
    await widget.element.setAttributes({
      name: 'CEO',
      email: 'ceo@shop.example',
      plan: 'gold',
      page: '/cart',
    });
    await widget.open();
    await widget.say('From Ani');
    await until(() => inbox.turns.length === 1, 'the host did not receive the message');
    equal(inbox.turns[0]!.facts?.visitor, {
      name: 'Ani',
      language: 'en',
      attributes: { plan: 'free', page: '/cart' },
    });
    widget.remove();
  });

  it('a reset on a page without an identity deletes all data of the earlier user', async () => {
    const inbox = serveInbox();
    widget = new WidgetDriver(inbox.id);
    await widget.element.identify(tokenOf('ani'));
    await widget.open();
    await widget.say('From Ani');
    await until(() => inbox.turns.length === 1, 'the host did not receive the message');
    widget.remove();
    widget = new WidgetDriver(inbox.id);
    await widget.element.reset();
    await until(async () => (await tracesOf(inbox.id)).length === 0, 'data was left on the device');
    widget.remove();
  });

  it('a failed identity token changes nothing, and the page can retry', async () => {
    const inbox = serveInbox();
    widget = new WidgetDriver(inbox.id);
    await widget.open();
    await widget.element.identify(tokenOf('ani'));
    const failed = await widget.element
      .identify(() => Promise.reject(new Error('backend away')))
      .catch(String);
    equal(failed, 'Error: backend away');
    equal(widget.element.identity?.person, 'ani');
    await widget.element.identify(tokenOf('budi'));
    equal(widget.element.identity?.person, 'budi');
    widget.remove();
  });
});
