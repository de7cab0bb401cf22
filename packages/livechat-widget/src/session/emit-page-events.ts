import type { VisitorSignal } from '@alur/client';
import type { Emit } from '../events.ts';
import type { Conversation } from '../store/conversation.ts';
import type { Screen } from '../store/screen.ts';

/**
 * Emits the element's events for a signal. `before` is the conversation before the signal, `after` the screen
 * after it.
 */
export function emitPageEvents(emit: Emit, signal: VisitorSignal, before: Conversation, after: Screen): void {
  if (signal.kind === 'event') {
    const { event } = signal;
    if (event.type === 'message' && event.message.author.kind !== 'visitor') {
      const { id, text, author } = event.message;
      if (!before.messages.some((known) => known.id === id)) emit('livechat-message', { id, text, author });
    }
    if (
      event.type === 'run' &&
      event.run.endReason === 'cancelled' &&
      before.run?.endReason !== 'cancelled'
    ) {
      emit('livechat-flow-end', { reason: 'cancelled' });
    }
    if (event.type === 'rating') {
      const { score, comment } = event.rating;
      emit('livechat-rating', { score, ...(comment && { comment }) });
    }
  }
  if (signal.kind === 'answered') {
    const { input, id } = signal.turn;
    // An ignored press is not a message.
    const text =
      input.kind === 'message' ? input.text : after.messages.find((known) => known.id === id)?.text;
    if (text !== undefined) emit('livechat-message-sent', { id, text });
    for (const effect of signal.result.effects) {
      if (effect.kind === 'end') emit('livechat-flow-end', { reason: effect.reason });
    }
  }
  if (signal.kind === 'outbox') {
    for (const entry of signal.entries) {
      // An entry that had failed before this page was opened was reported on an earlier page.
      const isNews = before.pending.some(({ id, state }) => id === entry.id && state !== 'failed');
      if (entry.kind !== 'turn' || entry.state !== 'failed' || !isNews) continue;
      const text = entry.turn.input.kind === 'message' ? entry.turn.input.text : '';
      emit('livechat-message-failed', { id: entry.id, text, code: entry.fault?.code ?? 'internal' });
    }
  }
}
