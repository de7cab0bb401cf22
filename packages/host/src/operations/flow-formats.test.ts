import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Flow } from '@alur/flow';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { flowOf, workspaceOf, type Cards } from '../testing/test-workspace.ts';
import { importWorkspace } from './import-workspace.ts';
import { operations } from './index.ts';

/** Time test for every day from `from` until midnight, in each format. */
const cards = (test: object): Cards => ({
  start: { kind: 'start', next: ['open', 'rest'] },
  open: { kind: 'condition', test: { kind: 'first-message-time', ...test }, next: ['hello'] },
  rest: { kind: 'else', next: ['sari'] },
  hello: { kind: 'message', text: 'Kami buka.', next: ['bot'] },
  bot: { kind: 'assign-ai', aiAgentId: 'ai_cs', agentIds: [], next: [] },
  sari: { kind: 'assign-human', agentIds: ['agt_sari'], teamIds: [], skipLastAiResponse: false, next: [] },
});
const window = { from: '00:00', to: '24:00' };
const v1 = { ...flowOf('flow_shop', cards(window)), format: 'alur.flow/1' };

describe('a version stored in the first format', () => {
  let database: TestDatabase;
  const workspace = workspaceOf('formats');
  const accountId = workspace.account.id;
  const inboxId = workspace.inboxes?.[0]?.id ?? '';
  const scope = { accountId, flowId: 'flow_shop' };
  before(async () => {
    database = await createTestDatabase();
    await database.run(importWorkspace, { workspace });
    await database.sql('update flow_versions set document = $2::json where account_id = $1', [
      accountId,
      JSON.stringify(v1),
    ]);
  });
  after(() => database.close());

  test('runs unchanged, and its public copy has the current format', async () => {
    const { visitorId } = await database.run(operations.createVisitor, {
      accountId,
      inboxId,
      identity: null,
    });
    const input = { kind: 'message' as const, id: 't1', at: database.clock.iso(), text: 'Halo' };
    const { effects } = await database.run(operations.submitTurn, {
      visitorId,
      inboxId,
      turn: { id: 't1', session: 's1', seq: 1, input },
    });
    assert.deepEqual(
      effects.map(({ kind }) => kind),
      ['send-message', 'assign-ai', 'end'],
    );
    const copy = await database.run(operations.getPublicFlow, { inboxId, flowId: 'flow_shop', version: 1 });
    assert.equal(copy.format, 'alur.flow/2');
    assert.deepEqual(copy.cards['open'], cards({ windows: [window] })['open']);
  });

  test('is returned unchanged', async () => {
    const { flow } = await database.run(operations.getFlowVersion, { ...scope, version: 1 });
    assert.deepEqual(flow as object, v1);
  });

  test('becomes a live version in the current format when restored', async () => {
    const saved = await database.run(operations.restoreFlowVersion, {
      ...scope,
      version: 1,
      baseVersion: 1,
      by: null,
    });
    assert.deepEqual([saved.version, saved.live], [2, true]);
    // The test flow matches all day.
    assert.deepEqual(
      saved.problems.map(({ code }) => code),
      ['unreachable-branch'],
    );
    const { flow } = await database.run(operations.getFlowVersion, { ...scope, version: 2 });
    assert.deepEqual(flow, flowOf('flow_shop', cards({ windows: [window] })) as Flow);
  });
});
