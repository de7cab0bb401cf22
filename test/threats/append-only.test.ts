/** Threat 27: entries of the log never change, and each names its author and its rules. */
import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { ConversationEvent } from '@alur/client';
import * as fc from 'fast-check';
import { createTestDashboard, createTestHost, createTestVisitor } from '@alur/host/testing';

const STEPS = ['say', 'press', 'reply', 'assign', 'label', 'resolve', 'collaborate', 'read', 'wait'] as const;

test('the log only grows, and numbers its entries without a gap', async (t) => {
  const host = await createTestHost();
  t.after(() => host.close());
  const { inboxId, key } = await host.workspace();
  const desk = createTestDashboard(host, key);

  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...STEPS), { minLength: 3, maxLength: 15 }), async (steps) => {
      const visitor = await createTestVisitor(host, inboxId);
      await visitor.message('halo');
      const { id } = await desk.conversationOf(visitor.visitorId);
      const acts: Record<(typeof STEPS)[number], () => Promise<unknown>> = {
        say: () => visitor.message('vip'),
        press: () => visitor.press('ask', 'order'),
        // A resolved conversation refuses both, which is a valid result.
        reply: () => desk.reply(id, 'Hai').catch(() => {}),
        assign: () => desk.assign(id, { kind: 'agent', agentId: 'agt_sari' }).catch(() => {}),
        label: () =>
          desk
            .send(`/v1/conversations/${id}/labels`, { method: 'PUT', body: { labelIds: ['lbl_new'] } })
            .catch(() => {}),
        collaborate: () =>
          desk
            .send(`/v1/conversations/${id}/collaborators`, {
              method: 'PUT',
              body: { agentIds: ['agt_ani'], teamIds: [] },
            })
            .catch(() => {}),
        resolve: () => desk.resolve(id),
        read: () => desk.send(`/v1/conversations/${id}/read`, { body: { seq: 1 } }),
        async wait() {
          host.clock.pass(3_600_000);
          await visitor.renew();
        },
      };
      let before: ConversationEvent[] = [];
      for (const step of steps) {
        await acts[step]();
        const log = await desk.log(id);
        assert.deepEqual(
          log.slice(0, before.length),
          before,
          `after "${step}" the old entries are as they were`,
        );
        assert.deepEqual(
          log.map(({ seq }) => seq),
          log.map((_, index) => index + 1),
        );
        before = log;
      }
      for (const event of before) assert.ok(isAccountable(event), JSON.stringify(event));
    }),
    { numRuns: 20 },
  );
});

/** Whether an entry names its cause, if it has one. */
function isAccountable(event: ConversationEvent): boolean {
  if (event.type === 'message')
    return event.message.author.kind !== 'agent' || typeof event.message.author.id === 'string';
  if (event.type === 'session')
    return event.session.status === 'open' || event.by !== undefined || event.endedBy !== undefined;
  if (event.type === 'path')
    return event.flow !== undefined && Boolean(event.turnId) && Boolean(event.verdict);
  return true;
}

test('no operation changes a log entry, and only an erasure deletes one', async () => {
  const root = new URL('../../', import.meta.url);
  const changes: string[] = [];
  for await (const file of glob('packages/host/src/**/*.{ts,sql}', { cwd: root })) {
    if (file.includes('.test.') || file.includes('/testing/')) continue;
    const source = await readFile(new URL(file, root), 'utf8');
    const statements =
      source.match(/\b(update|delete from|truncate)\s+(events\b|turns\b|\$\{table\})/gi) ?? [];
    changes.push(...statements.map((statement) => `${file.split(/[\\/]/).at(-1)}: ${statement}`));
  }
  assert.deepEqual([...new Set(changes)], ['erase-visitor.ts: delete from ${table}']);
});
