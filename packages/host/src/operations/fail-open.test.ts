import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { ConversationEvent } from '@alur/protocol';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { flowOf, workspaceOf, type Cards } from '../testing/test-workspace.ts';
import { importWorkspace } from './import-workspace.ts';
import { operations } from './index.ts';

describe('when something is missing', () => {
  let database: TestDatabase;
  let count = 0;
  let accountId = '';
  let inboxId = '';
  before(async () => {
    database = await createTestDatabase();
  });
  after(() => database.close());

  beforeEach(async () => {
    const workspace = workspaceOf(`w${++count}`);
    await database.run(importWorkspace, { workspace });
    accountId = workspace.account.id;
    inboxId = workspace.inboxes?.[0]?.id ?? '';
  });

  async function putLive(cards: Cards): Promise<void> {
    await database.sql('update flow_versions set document = $2::json where account_id = $1', [
      accountId,
      JSON.stringify(flowOf('flow_shop', cards)),
    ]);
    database.forget();
  }

  async function say(text: string) {
    const { visitorId } = await database.run(operations.createVisitor, {
      accountId,
      inboxId,
      identity: null,
    });
    const result = await database.run(operations.submitTurn, {
      visitorId,
      inboxId,
      turn: {
        id: 't1',
        session: 's1',
        seq: 1,
        input: { kind: 'message', id: 't1', at: database.clock.iso(), text },
      },
    });
    const [{ id: conversationId }] = (await database.sql<{ id: string }>(
      'select id from conversations where visitor_id = $1',
      [visitorId],
    )) as [{ id: string }];
    const events = await database.sql<{ body: ConversationEvent }>(
      'select body from events where conversation_id = $1 order by seq',
      [conversationId],
    );
    const faults = events.flatMap(({ body }) => (body.type === 'fault' ? [body.code] : []));
    const jobs = await database.sql<{ kind: string }>('select kind from jobs where conversation_id = $1', [
      conversationId,
    ]);
    return {
      result,
      faults,
      jobs,
      conversation: await database.run(operations.getConversation, { accountId, conversationId }),
    };
  }

  test('a flow that does not parse hands over to the inbox’s AI agent, and the fault is logged', async () => {
    await database.sql(
      `update flow_versions set document = '{"format":"alur.flow/9"}' where account_id = $1`,
      [accountId],
    );
    const { result, faults, conversation } = await say('halo');
    assert.deepEqual([result.run.status, result.effects], ['ended', []]);
    assert.deepEqual(faults, ['flow_broken']);
    assert.equal(conversation.handler?.id, 'ai_cs');
  });

  test('a missing version hands over to the inbox’s agents when it has no AI agent', async () => {
    await database.sql('delete from flow_versions where account_id = $1', [accountId]);
    await database.sql('update inboxes set ai_agent_id = null where id = $1', [inboxId]);
    const { faults, conversation } = await say('halo');
    assert.deepEqual(faults, ['flow_broken']);
    assert.deepEqual([conversation.handler?.id, conversation.status], ['agt_sari', 'pending']);
  });

  test('an unfinished path ends at the inbox’s default', async () => {
    await putLive({ start: { kind: 'start', next: ['go'] }, go: { kind: 'jump', to: null, next: [] } });
    const { result, conversation } = await say('halo');
    assert.equal(result.run.endReason, 'unfinished');
    assert.equal(conversation.handler?.id, 'ai_cs');
  });

  test('a loop ends at the inbox’s default', async () => {
    await putLive({
      start: { kind: 'start', next: ['mark'] },
      mark: { kind: 'label', labelIds: ['lbl_vip'], next: ['again'] },
      again: { kind: 'jump', to: 'mark', next: [] },
    });
    const { result, conversation } = await say('halo');
    assert.equal(result.run.endReason, 'loop');
    assert.deepEqual(conversation.labelIds, ['lbl_vip']);
    assert.equal(conversation.handler?.id, 'ai_cs');
  });

  test('a deleted id is logged as a fault, and the other effects are applied', async () => {
    await putLive({
      start: { kind: 'start', next: ['mark'] },
      mark: { kind: 'label', labelIds: ['lbl_gone', 'lbl_vip'], next: ['help'] },
      help: {
        kind: 'collaborator',
        agentIds: ['agt_gone', 'agt_budi'],
        teamIds: ['team_gone'],
        next: ['end'],
      },
      end: { kind: 'assign-ai', aiAgentId: 'ai_gone', agentIds: [], next: [] },
    });
    const { faults, conversation } = await say('halo');
    assert.deepEqual(faults, ['unknown_label', 'unknown_agent', 'unknown_team', 'unknown_ai_agent']);
    assert.deepEqual(conversation.labelIds, ['lbl_vip']);
    assert.deepEqual(conversation.collaborators.agentIds, ['agt_budi']);
    assert.equal(conversation.handler?.id, 'ai_cs', 'the inbox’s default');
  });

  test('an end whose agents are all removed does not make the AI agent answer a message that it must skip', async () => {
    await putLive({
      start: { kind: 'start', next: ['end'] },
      end: { kind: 'assign-human', agentIds: ['agt_gone'], teamIds: [], skipLastAiResponse: true, next: [] },
    });
    const { conversation, jobs } = await say('halo');
    assert.equal(conversation.handler?.id, 'ai_cs');
    assert.deepEqual(jobs, []);
  });

  test('the members of a team are read when the conversation is assigned', async () => {
    await database.sql(`update teams set agent_ids = '{agt_sari}' where account_id = $1`, [accountId]);
    assert.equal((await say('vip')).conversation.handler?.id, 'agt_sari');
  });

  test('an unknown x-… card is skipped', async () => {
    await putLive({
      start: { kind: 'start', next: ['odd'] },
      odd: { kind: 'x-confetti', amount: 3, next: ['end'] },
      end: { kind: 'assign-human', agentIds: ['agt_budi'], teamIds: [], skipLastAiResponse: false, next: [] },
    });
    assert.equal((await say('halo')).conversation.handler?.id, 'agt_budi');
  });
});
