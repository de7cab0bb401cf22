import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OutboxEntry, QueuedTurn, VisitorInput } from '@alur/client';
import { advance, startRun } from '@alur/flow/run';
import * as engine from '../session/flow-engine.ts';
import * as fc from 'fast-check';
import { createFakeHost } from '../testing/fake-host.ts';
import { compiledAskingFlow } from '../testing/flows.ts';
import { EMPTY_CONVERSATION, reduce, type Conversation } from './conversation.ts';
import { screenOf, type Flows, type Screen } from './screen.ts';

const PIN = { id: 'flow', version: 1 };
const flow = compiledAskingFlow();
const flows: Flows = { live: PIN, compiled: () => flow, engine };
const AT = '2026-02-03T04:05:06.000Z';

/** Returns the compared fields: everything except times, which the host sets. */
function seen({ messages, resolved, run }: Screen) {
  return {
    messages: messages.map(({ id, text, author, choices, delivery }) => ({
      id,
      text,
      author: author.kind,
      choices,
      delivery,
    })),
    resolved,
    waitingAt: run?.waitingAt ?? null,
  };
}

/** A widget made of the reducers only. Its turns stay in `pending` until the host's result arrives. */
function createWidget() {
  let state: Conversation = EMPTY_CONVERSATION;
  let count = 0;
  const entries = new Map<string, OutboxEntry>();
  const outbox = () => (state = reduce(state, { kind: 'outbox', entries: [...entries.values()] }));
  return {
    get screen() {
      return screenOf(state, flows);
    },
    say(inputOf: (id: string, screen: Screen) => VisitorInput): QueuedTurn {
      const { screen } = this;
      count += 1;
      const id = `t${count}`;
      const input = inputOf(id, screen);
      const turn = { id, session: screen.session?.id ?? `s${count}`, input, flow: PIN };
      const common = {
        order: count,
        state: 'queued' as const,
        queuedAt: 0,
        attempts: 0,
        notBefore: 0,
        waitMs: 0,
      };
      entries.set(id, { kind: 'turn', turn, id, ...common });
      outbox();
      return turn;
    },
    answer(turn: QueuedTurn, result: ReturnType<ReturnType<typeof createFakeHost>['take']>) {
      state = reduce(state, { kind: 'answered', turn, result });
      entries.delete(turn.id);
      outbox();
    },
    fail(id: string) {
      const fault = { code: 'invalid_request', message: 'no' };
      entries.set(id, { ...entries.get(id)!, state: 'failed', fault });
      outbox();
    },
    apply(action: Parameters<typeof reduce>[1]) {
      state = reduce(state, action);
    },
    get state() {
      return state;
    },
  };
}
const message = (text: string) => (id: string) => ({ kind: 'message' as const, id, at: AT, text });
const press = (buttonId: string) => (id: string) => ({
  kind: 'press' as const,
  id,
  at: AT,
  cardId: 'ask',
  buttonId,
});

test('a message gets its reply before the host responds', () => {
  const widget = createWidget();
  widget.say(message('Hi'));
  assert.deepEqual(
    widget.screen.messages.map(({ id, text, delivery }) => [id, text, delivery]),
    [
      ['t1', 'Hi', 'queued'],
      ['t1.0', 'Hello!', undefined],
      ['t1.1', 'What is it about?', undefined],
    ],
  );
  assert.equal(widget.screen.run?.waitingAt, 'ask');
  assert.equal(widget.screen.messages[2]!.choices?.open, true);
});

test('a press shows the label, marks the button and closes the others', () => {
  const widget = createWidget();
  widget.say(message('Hi'));
  widget.say(press('order'));
  const { messages } = widget.screen;
  assert.deepEqual(
    messages.map(({ text }) => text),
    ['Hi', 'Hello!', 'What is it about?', 'Order', 'One moment.'],
  );
  assert.deepEqual([messages[2]!.choices?.open, messages[2]!.choices?.chosen], [false, 'order']);
});

test('typing the label or the number marks the same button', () => {
  for (const typed of ['  ORDER ', '1', 'ａsk  me\nagain']) {
    const widget = createWidget();
    widget.say(message('Hi'));
    widget.say(message(typed));
    assert.equal(widget.screen.messages[2]!.choices?.chosen, typed.length > 9 ? 'again' : 'order');
  }
});

test('a repeated question enables only the newest buttons', () => {
  const widget = createWidget();
  widget.say(message('Hi'));
  widget.say(press('again'));
  const open = widget.screen.messages.filter(({ choices }) => choices?.open);
  assert.deepEqual(
    open.map(({ id }) => id),
    ['t2.0'],
  );
});

test('a message that was set aside stays on the screen and is not in the flow', () => {
  const widget = createWidget();
  widget.say(message('Hi'));
  widget.fail('t1');
  assert.deepEqual(
    widget.screen.messages.map(({ id, delivery }) => [id, delivery]),
    [['t1', 'failed']],
  );
  assert.equal(widget.screen.session, null);
  const next = widget.say(message('Hi there'));
  assert.deepEqual(
    new Set(widget.screen.messages.slice(1).map(({ sessionId }) => sessionId)),
    new Set([next.session]),
  );
});

test('a message that was set aside after others starts no session on the screen', () => {
  const widget = createWidget();
  const host = createFakeHost(flow, PIN);
  const turn = widget.say(message('Hi'));
  widget.answer(turn, host.take(turn));
  host.resolve();
  for (const event of host.log) widget.apply({ kind: 'event', event });
  const bad = widget.say(message('Too bad'));
  widget.fail(bad.id);
  assert.equal(new Set(widget.screen.messages.map(({ sessionId }) => sessionId)).size, 1);
});

test('a correction replaces the bubbles of the bot in place and changes nothing else', () => {
  const widget = createWidget();
  const host = createFakeHost(compiledAskingFlow('Good evening.'), PIN);
  const turn = widget.say(message('Hi'));
  widget.answer(turn, host.take(turn));
  assert.deepEqual(
    widget.screen.messages.map(({ id, text }) => [id, text]),
    [
      ['t1', 'Hi'],
      ['t1.0', 'Good evening.'],
      ['t1.1', 'What is it about?'],
    ],
  );
});

test('the buttons do not change while the events of the response arrive', () => {
  const widget = createWidget();
  const host = createFakeHost(flow, PIN);
  const turn = widget.say(message('Hi'));
  const result = host.take(turn);
  const open = () => widget.screen.messages.filter(({ choices }) => choices?.open).map(({ id }) => id);
  // The result arrives before the outbox has deleted the entry.
  widget.apply({ kind: 'answered', turn, result });
  assert.deepEqual(open(), ['t1.1']);
  assert.equal(widget.screen.messages.length, 3);
  widget.answer(turn, result);
  assert.deepEqual(open(), ['t1.1']);
  for (const event of host.log) {
    widget.apply({ kind: 'event', event });
    assert.deepEqual(open(), ['t1.1'], `after ${event.type}`);
  }
});

test('a cancelled run disables its buttons without a choice', () => {
  const widget = createWidget();
  const host = createFakeHost(flow, PIN);
  const turn = widget.say(message('Hi'));
  widget.answer(turn, host.take(turn));
  host.reply('I am here.');
  for (const event of host.log) widget.apply({ kind: 'event', event });
  const { choices } = widget.screen.messages[2]!;
  assert.deepEqual([choices?.open, choices?.chosen], [false, null]);
});

test('after a resolve the next message starts a session at the start card', () => {
  const widget = createWidget();
  const host = createFakeHost(flow, PIN);
  const turn = widget.say(message('Hi'));
  widget.answer(turn, host.take(turn));
  host.resolve();
  for (const event of host.log) widget.apply({ kind: 'event', event });
  assert.equal(widget.screen.resolved, true);
  const next = widget.say(message('Hi again'));
  assert.notEqual(next.session, turn.session);
  assert.equal(widget.screen.resolved, false);
  assert.deepEqual(
    widget.screen.messages.slice(-2).map(({ id }) => id),
    ['t2.0', 't2.1'],
  );
});

test('the offline screen of the widget equals the result of advance', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('Order', '2', 'Ask me again', 'something else'), { maxLength: 8 }),
      (texts) => {
        const widget = createWidget();
        let run = startRun();
        const expected: string[] = [];
        for (const text of ['Hi', ...texts]) {
          const { input } = widget.say(message(text));
          const step = advance(flow, run, input);
          run = step.run;
          expected.push(
            text,
            ...step.effects.flatMap((effect) => ('text' in effect ? [String(effect.text)] : [])),
          );
        }
        assert.deepEqual(
          widget.screen.messages.map(({ text }) => text),
          expected,
        );
      },
    ),
  );
});

test('a press that the flow ignores changes nothing before and after the response', () => {
  const widget = createWidget();
  const host = createFakeHost(flow, PIN);
  const hi = widget.say(message('Hi'));
  widget.answer(hi, host.take(hi));
  // A double click: both turns were created before the first one was known.
  const turns = [widget.say(press('order')), widget.say(press('order'))];
  const orders = () => widget.screen.messages.filter(({ text }) => text === 'Order').length;
  assert.equal(orders(), 1, 'while both calls wait');
  for (const turn of turns) widget.answer(turn, host.take(turn));
  assert.equal(orders(), 1, 'after both responses');
  for (const event of host.log) widget.apply({ kind: 'event', event });
  host.resolve();
  widget.apply({ kind: 'event', event: host.log.at(-1)! });
  assert.equal(orders(), 1, 'after the last event');
  assert.equal(widget.screen.resolved, true, 'an old response does not keep the session open');
  assert.deepEqual(widget.state.answered, []);
});

test('buttons that this device cannot evaluate are disabled by the press', () => {
  const widget = createWidget();
  const host = createFakeHost(flow, PIN);
  const hi = widget.say(message('Hi'));
  widget.answer(hi, host.take(hi));
  widget.say(press('order'));
  const { messages } = screenOf(widget.state, { live: PIN, compiled: () => null, engine });
  const asked = messages.find(({ choices }) => choices)!;
  assert.deepEqual([asked.choices?.open, asked.choices?.chosen], [false, 'order']);
  assert.equal(messages.at(-1)?.text, 'Order');
});

test('a replayed response does not override the log', () => {
  const widget = createWidget();
  const host = createFakeHost(flow, PIN);
  const hi = widget.say(message('Hi'));
  const lost = host.take(hi);
  host.resolve();
  // The snapshot is too recent to contain the messages in between.
  widget.apply({ kind: 'snapshot', conversation: { ...host.snapshot(), messages: [], more: true } });
  widget.answer(hi, { ...lost, replayed: true });
  assert.equal(widget.screen.resolved, true);
  assert.deepEqual(widget.screen.messages, []);
});

test('echo, response and correction in any order give the same screen without duplicates', () => {
  const step = fc.constantFrom('say', 'press', 'again', 'answer', 'event', 'reply', 'resolve', 'snapshot');
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.boolean(), (steps, corrects) => {
      const widget = createWidget();
      const host = createFakeHost(corrects ? compiledAskingFlow('Good evening.') : flow, PIN);
      const answers: (() => void)[] = [];
      let told = 0;
      const submit = (turn: QueuedTurn) => {
        const result = host.take(turn);
        answers.push(() => widget.answer(turn, result));
      };
      const tellEvent = () => {
        const event = host.log[told];
        if (!event) return;
        told += 1;
        widget.apply({ kind: 'event', event });
      };
      for (const what of steps) {
        if (what === 'say') submit(widget.say(message('Hi')));
        if (what === 'press') submit(widget.say(press('order')));
        if (what === 'again') submit(widget.say(press('again')));
        if (what === 'answer') answers.shift()?.();
        if (what === 'event') tellEvent();
        if (what === 'reply') host.reply('I am here.');
        if (what === 'resolve') host.resolve();
        if (what === 'snapshot') {
          widget.apply({ kind: 'snapshot', conversation: host.snapshot() });
          told = host.log.length;
        }
        const ids = widget.screen.messages.map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length, `doubled: ${ids.join(' ')}`);
      }
      while (answers.length > 0) answers.shift()!();
      while (told < host.log.length) tellEvent();

      const reference = reduce(EMPTY_CONVERSATION, { kind: 'snapshot', conversation: host.snapshot() });
      assert.deepEqual(seen(widget.screen), seen(screenOf(reference, flows)));
      assert.deepEqual(widget.state.answered, [], 'no response is kept after the log contains it');
    }),
    { numRuns: 400 },
  );
});

test('while the events of a turn arrive one by one, its buttons do not change', () => {
  const acts = fc.constantFrom(message('Hi'), message('1'), press('order'), press('again'));
  fc.assert(
    fc.property(fc.array(acts, { minLength: 1, maxLength: 5 }), fc.nat(12), (inputs, answerAfter) => {
      const host = createFakeHost(flow, PIN);
      const widget = createWidget();
      for (const input of inputs) {
        const before = host.log.length;
        const turn = widget.say(input);
        const expected = seen(widget.screen).messages.map(({ id, choices }) => [id, choices]);
        const steady = (when: string) =>
          assert.deepEqual(
            seen(widget.screen).messages.map(({ id, choices }) => [id, choices]),
            expected,
            when,
          );
        const result = host.take(turn);
        const events = host.log.slice(before);
        events.forEach((event, index) => {
          if (index === answerAfter) widget.answer(turn, result);
          widget.apply({ kind: 'event', event });
          steady(`after ${event.type} ${event.seq}`);
        });
        if (answerAfter >= events.length) widget.answer(turn, result);
        steady('in the end');
      }
    }),
  );
});
