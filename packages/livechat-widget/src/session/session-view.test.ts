import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EMPTY_CONVERSATION } from '../store/conversation.ts';
import { SessionView } from './session-view.ts';

describe('SessionView', () => {
  const viewOf = () =>
    new SessionView({
      emit() {},
      flows: () => ({ live: null, compiled: () => null }),
      onConversation() {},
    });

  it('keeps the screen as it is while somebody types', () => {
    const view = viewOf();
    const { screen } = view.current;
    view.set({ draft: 'h' });
    view.set({ draft: 'he', muted: true });
    assert.equal(view.current.screen, screen);
    assert.equal(view.current.draft, 'he');
  });

  it('computes it anew for another conversation, another configuration, and a flow that came', () => {
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
});
