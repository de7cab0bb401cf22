import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VisitorClient } from '@alur/client';
import { fakeRuntime } from '../../../client/src/testing/fake-runtime.ts';
import type { Conversation } from '../store/conversation.ts';
import { DeviceCache } from './device-cache.ts';

test('stores the last 50 messages of a long conversation, and that older ones exist', async () => {
  const kept: Record<string, unknown> = {};
  const client = { remember: async (key: string, value: unknown) => void (kept[key] = value) };
  const runtime = fakeRuntime();
  const cache = new DeviceCache(client as unknown as VisitorClient, runtime);
  const keep = async (count: number) => {
    const messages = Array.from({ length: count }, (_, number) => ({ id: `m${number}` }));
    cache.keepConversation({ messages, more: false } as unknown as Conversation);
    await runtime.pass(1_000);
    return kept['conversation'] as Pick<Conversation, 'messages' | 'more'>;
  };
  const all = await keep(50);
  assert.deepEqual([all.messages.length, all.more], [50, false]);
  const last = await keep(120);
  assert.deepEqual([last.messages.length, last.messages[0]!.id, last.more], [50, 'm70', true]);
});
