import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConversationEvent } from '@alur/client';
import { EMPTY_CONVERSATION } from '../store/conversation.ts';
import { ViewModel } from './view-model.ts';

describe('ViewModel', () => {
  const viewOf = () =>
    new ViewModel({
      emit() {},
      flows: () => ({ live: null, compiled: () => null, engine: null }),
      onConversation() {},
    });

  it('returns the same screen while the visitor types', () => {
    const view = viewOf();
    const { screen } = view.current;
    view.set({ draft: 'h' });
    view.set({ draft: 'he', muted: true });
    assert.equal(view.current.screen, screen);
    assert.equal(view.current.draft, 'he');
  });

  it('computes it again for another conversation, another configuration, and a loaded flow', () => {
    const view = viewOf();
    for (const change of [
      () => view.set({ conversation: { ...EMPTY_CONVERSATION } }),
      () => view.set({ config: {} as never }),
      () => view.refresh(),
    ]) {
      const { screen } = view.current;
      change();
      assert.notEqual(view.current.screen, screen);
    }
  });

  it('counts a reply as unread only while it is hidden', () => {
    const told: unknown[] = [];
    let watched = true;
    const view: ViewModel = new ViewModel({
      emit: (name, detail) => void (name === 'livechat-unread' && told.push(detail)),
      flows: () => ({ live: null, compiled: () => null, engine: null }),
      onConversation: ({ unread, messages }) =>
        watched && unread > 0 && view.reduce({ kind: 'read', upTo: messages.at(-1)!.seq }),
    });
    const reply = (seq: number): ConversationEvent => ({
      type: 'message',
      seq,
      cursor: String(seq),
      at: '2026-02-03T04:05:06.000Z',
      sessionId: 's',
      message: {
        id: `m${seq}`,
        seq,
        sessionId: 's',
        at: '2026-02-03T04:05:06.000Z',
        author: { kind: 'bot' },
        text: 'Halo',
      },
    });
    view.reduce({ kind: 'event', event: reply(1) });
    assert.deepEqual(told, []);
    watched = false;
    view.reduce({ kind: 'event', event: reply(2) });
    view.reduce({ kind: 'read', upTo: 2 });
    assert.deepEqual(told, [{ count: 1 }, { count: 0 }]);
  });
});
