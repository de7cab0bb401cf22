/** The AI agent replies after the flow, never while the flow waits, and not where the flow forbids it. */
import type { Conversation, Message } from '@alur/protocol';
import { check, type Kit } from '../kit/check.ts';
import { expectEqual, expectThat, NotRun } from '../kit/expect.ts';
import { DESK, deskFlow, lineFlow } from '../kit/flows.ts';
import type { Visitor } from '../kit/visitor.ts';

const PATIENCE_MS = 8000;

async function aiMessages(visitor: Visitor): Promise<Message[]> {
  return (await visitor.snapshot()).messages.filter(({ author }) => author.kind === 'ai');
}

/** Waits for a reply of the AI agent by long poll. Returns null when none arrives in time. */
async function aiAnswer(visitor: Visitor, ms = PATIENCE_MS): Promise<Message | null> {
  const deadline = Date.now() + ms;
  let cursor = (await visitor.page({ after: '' })).cursor;
  for (;;) {
    const [answer] = await aiMessages(visitor);
    if (answer) return answer;
    const left = Math.floor((deadline - Date.now()) / 1000);
    if (left < 1) return null;
    cursor = (await visitor.page({ after: cursor, wait: Math.min(left, 5) })).cursor;
  }
}

/** Makes the AI agent the inbox's own during a check. */
async function withAi(kit: Kit, run: (aiAgentId: string) => Promise<void>): Promise<void> {
  const { id } = kit.account.aiAgent();
  await kit.account.updateInbox({ aiAgentId: id });
  try {
    await run(id);
  } finally {
    await kit.account.updateInbox({ aiAgentId: null });
  }
}

export const aiChecks = [
  check(
    'ai/end',
    'assign-ai',
    'an AI end leaves the conversation open with the AI agent, which answers',
    async (kit) => {
      const { id, name } = kit.account.aiAgent();
      const ai = { kind: 'assign-ai', aiAgentId: id, agentIds: [kit.account.agents[0]!.id], next: [] };
      await kit.account.serve({ start: { kind: 'start', next: ['ai'] }, ai });
      const visitor = await kit.visitor();
      const result = await visitor.say('halo');
      expectEqual(
        result.effects,
        [
          { kind: 'assign-ai', cardId: 'ai' },
          { kind: 'end', cardId: 'ai', reason: 'assigned' },
        ],
        'effects',
      );
      const conversation: Conversation = await kit.account.conversationOf(visitor.id);
      expectEqual(
        [conversation.handler, conversation.status],
        [{ kind: 'ai', id, name }, 'open'],
        'handler and status',
      );
      expectThat(
        conversation.collaborators.agentIds.includes(kit.account.agents[0]!.id),
        'its agents are collaborators at once',
        conversation.collaborators,
      );
      const answer = await aiAnswer(visitor);
      if (!answer) throw new NotRun(`the AI agent said nothing within ${PATIENCE_MS} ms`);
      expectEqual(answer.author.id, undefined, 'no id of the AI agent for the visitor');
    },
  ),
  check(
    'ai/skip',
    'skipLastAiResponse',
    'on a human end the AI agent answers once, and never with the skip on',
    (kit) =>
      withAi(kit, async () => {
        await kit.account.serve(lineFlow(kit.account, 'baik', { skipLastAiResponse: true }));
        const skipped = await kit.visitor();
        await skipped.say('halo');
        await kit.account.serve(lineFlow(kit.account, 'baik', { skipLastAiResponse: false }));
        const answered = await kit.visitor();
        await answered.say('halo');
        // The second reply is the barrier: the first message was sent before.
        const answer = await aiAnswer(answered);
        if (!answer) throw new NotRun(`the AI agent said nothing within ${PATIENCE_MS} ms`);
        expectEqual(await aiMessages(skipped), [], "the AI agent's messages with the skip on");
        await answered.say('masih di sana?');
        await aiAnswer(skipped, 1000);
        expectEqual((await aiMessages(answered)).length, 1, "the AI agent's messages after another message");
        expectEqual(await aiMessages(skipped), [], "the AI agent's messages with the skip on, later");
      }),
  ),
  check('ai/silent-while-waiting', 'rule 6', 'while a run waits the AI agent is silent', (kit) =>
    withAi(kit, async () => {
      const { account } = kit;
      await account.serve(deskFlow(account));
      const waiting = await kit.visitor();
      await waiting.say('halo');
      await waiting.press('ask', 'other');
      const ended = await kit.visitor();
      await ended.say('halo');
      expectEqual((await ended.press('ask', 'order')).effects, DESK.ordered, 'effects');
      if (!(await aiAnswer(ended))) throw new NotRun(`the AI agent said nothing within ${PATIENCE_MS} ms`);
      expectEqual(await aiMessages(waiting), [], "the AI agent's messages while the run waits");
    }),
  ),
];
