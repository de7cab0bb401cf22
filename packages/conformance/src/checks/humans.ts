/** Operations of agents: replies, assignments and labels. Humans take precedence over the flow. */
import type { Conversation, Message, ProblemDetails, RunEvent } from '@alur/protocol';
import { check, type Kit } from '../kit/check.ts';
import { expectEqual, expectProblem, expectStatus, expectThat } from '../kit/expect.ts';
import { deskFlow, DESK } from '../kit/flows.ts';
import { uuid7 } from '../kit/ids.ts';
import type { Visitor } from '../kit/visitor.ts';
import { atDesk } from './turns.ts';

/** Returns a visitor whose run waits at the buttons, and the conversation. */
async function waiting(kit: Kit): Promise<{ visitor: Visitor; conversation: Conversation }> {
  const visitor = await atDesk(kit);
  await visitor.say('halo');
  return { visitor, conversation: await kit.account.conversationOf(visitor.id) };
}

async function expectCancelled(kit: Kit, visitor: Visitor, id: string): Promise<void> {
  const { run } = await kit.account.conversation(id);
  expectEqual([run.status, run.endReason, run.waitingAt], ['ended', 'cancelled', null], 'run');
  const events = await visitor.events();
  const last = events.findLast((event): event is RunEvent => event.type === 'run');
  expectEqual(last?.run.endReason, 'cancelled', "the last run event in the visitor's log");
  const pressed = await visitor.press('ask', 'order');
  expectEqual([pressed.effects, pressed.run.endReason], [[], 'cancelled'], 'a press afterwards');
  const said = await visitor.say('1');
  expectEqual(said.effects, [], 'a message afterwards');
  expectEqual((await kit.account.conversation(id)).labelIds, [], 'labelIds');
}

export const humanChecks = [
  check('humans/reply-cancels', 'rule 12', 'a reply while a run waits ends it', async (kit) => {
    const { visitor, conversation } = await waiting(kit);
    await kit.account.reply(conversation.id, 'Saya bantu.');
    await expectCancelled(kit, visitor, conversation.id);
  }),
  check('humans/assign-cancels', 'rule 12', 'an assignment while a run waits ends it', async (kit) => {
    const { visitor, conversation } = await waiting(kit);
    const agentId = kit.account.agents[1]!.id;
    const assigned = await kit.account.assign(conversation.id, { kind: 'agent', agentId });
    expectEqual([assigned.handler?.id, assigned.status], [agentId, 'assigned'], 'handler and status');
    await expectCancelled(kit, visitor, conversation.id);
  }),
  check(
    'humans/new-run',
    'rule 12',
    'while a run is new, a reply does not end it and an assignment does',
    async (kit) => {
      const replied = await atDesk(kit);
      await replied.press('ask', 'order');
      const one = await kit.account.conversationOf(replied.id);
      await kit.account.reply(one.id, 'Ada yang bisa saya bantu?');
      expectEqual((await replied.say('halo')).effects, DESK.asked(), 'effects of a message after a reply');
      const assigned = await atDesk(kit);
      await assigned.press('ask', 'order');
      const two = await kit.account.conversationOf(assigned.id);
      await kit.account.assign(two.id, { kind: 'agent', agentId: kit.account.agents[0]!.id });
      const after = await assigned.say('halo');
      expectEqual(
        [after.effects, after.run.status, after.run.endReason],
        [[], 'ended', 'cancelled'],
        'effects and run of a message after an assignment',
      );
    },
  ),
  check(
    'humans/reply',
    'replyToConversation',
    'a reply is stored once by its id, and the first one takes the conversation',
    async (kit) => {
      await kit.account.select(null);
      const visitor = await kit.visitor();
      await visitor.say('halo');
      const { id, handler } = await kit.account.conversationOf(visitor.id);
      const messageId = uuid7();
      const first = await kit.account.reply(id, 'Halo juga.', messageId);
      expectEqual(
        [first.id, first.text, first.author.kind],
        [messageId, 'Halo juga.', 'agent'],
        'the message',
      );
      const again = await kit.account.reply(id, 'Halo juga.', messageId);
      expectEqual(again, first, 'the same reply again');
      const path = { conversationId: id };
      const other = { id: messageId, text: 'Lain.', agentId: kit.account.agents[0]!.id };
      expectProblem(
        await kit.host.call('replyToConversation', { path, body: other }),
        422,
        'id_reused',
        'the id with another text',
      );
      const many = await Promise.all(
        Array.from({ length: 20 }, () => kit.account.reply(id, 'Sekali.', `${messageId}-20`)),
      );
      expectEqual(new Set(many.map(({ seq }) => seq)).size, 1, 'messages of 20 equal replies at once');
      const log = await kit.account.log(id);
      const texts = log.flatMap((event) =>
        event.type === 'message' && event.message.author.kind === 'agent' ? [event.message.text] : [],
      );
      expectEqual(texts, ['Halo juga.', 'Sekali.'], "agents' messages in the log");
      const after = await kit.account.conversation(id);
      if (handler === null)
        expectEqual(
          [after.handler?.id, after.status],
          [kit.account.agents[0]!.id, 'assigned'],
          'handler and status',
        );
      const shown = (await visitor.snapshot()).messages.at(-1);
      expectEqual(
        [shown?.text, shown?.author.id],
        ['Sekali.', undefined],
        'text, and no id of the agent, for the visitor',
      );
    },
  ),
  check(
    'humans/candidates',
    'docs/flow-documents.md',
    'a human end reaches its candidates, pending until one has it',
    async (kit) => {
      const { visitor, conversation } = await waiting(kit);
      await visitor.press('ask', 'order');
      const after = await kit.account.conversation(conversation.id);
      const wanted = kit.account.agents.slice(0, 2).map(({ id }) => id);
      if (after.handler === null) {
        expectEqual(after.status, 'pending', 'status without a handler');
        return;
      }
      expectThat(['pending', 'assigned'].includes(after.status), 'status pending or assigned', after.status);
      expectEqual(after.handler.kind, 'agent', 'kind of handler');
      expectThat(wanted.includes(after.handler.id), `a handler of ${wanted.join(', ')}`, after.handler);
      const reached = [after.handler.id, ...after.collaborators.agentIds];
      expectEqual(
        wanted.filter((id) => !reached.includes(id)),
        [],
        'candidates that were not reached',
      );
    },
  ),
  check('humans/collaborators', 'rule 5', 'a collaborator card adds its agents', async (kit) => {
    const { visitor, conversation } = await waiting(kit);
    await visitor.say('apa saja');
    const { collaborators, handler } = await kit.account.conversation(conversation.id);
    const second = kit.account.agents[1]!.id;
    expectThat(collaborators.agentIds.includes(second) || handler?.id === second, `${second} takes part`, {
      collaborators,
      handler,
    });
  }),
  check(
    'humans/labels',
    'setConversationLabels',
    'labels and collaborators are replaced, and the log says by how much',
    async (kit) => {
      const { conversation } = await waiting(kit);
      const path = { conversationId: conversation.id };
      const [one, two] = kit.account.labels.map(({ id }) => id);
      const set = async (labelIds: string[]): Promise<Conversation> => {
        const answer = await kit.host.call('setConversationLabels', { path, body: { labelIds } });
        expectStatus(answer, 200, 'setConversationLabels');
        return answer.body as Conversation;
      };
      expectEqual((await set([one!])).labelIds, [one], 'labelIds');
      expectEqual((await set([two!])).labelIds, [two], 'labelIds');
      const collaborators = { agentIds: [kit.account.agents[1]!.id], teamIds: [kit.account.teams[0]!.id] };
      const joined = await kit.host.call('setConversationCollaborators', { path, body: collaborators });
      expectStatus(joined, 200, 'setConversationCollaborators');
      expectEqual((joined.body as Conversation).collaborators, collaborators, 'collaborators');
      const log = await kit.account.log(conversation.id);
      const changes = log.flatMap((event) => (event.type === 'labels' ? [[event.added, event.removed]] : []));
      expectEqual(
        changes,
        [
          [[one], []],
          [[two], [one]],
        ],
        'labels events: added, removed',
      );
      const twice = await kit.host.call('setConversationLabels', { path, body: { labelIds: [two, two] } });
      expectProblem(twice, 400, 'invalid_request', 'a label twice');
    },
  ),
  check(
    'humans/assign',
    'assignConversation',
    'a conversation is assigned to an agent, and unassigned',
    async (kit) => {
      const { conversation } = await waiting(kit);
      const agentId = kit.account.agents[0]!.id;
      const taken = await kit.account.assign(conversation.id, { kind: 'agent', agentId });
      expectEqual(
        [taken.handler?.kind, taken.handler?.id, taken.status],
        ['agent', agentId, 'assigned'],
        'handler and status',
      );
      const given = await kit.account.assign(conversation.id, { kind: 'nobody' });
      expectEqual(given.handler, null, 'handler');
      expectThat(given.status !== 'assigned' && given.status !== 'resolved', 'open or pending', given.status);
      const path = { conversationId: conversation.id };
      for (const body of [{}, { kind: 'agent' }, { kind: 'team', teamId: 'x' }])
        expectProblem(
          await kit.host.call('assignConversation', { path, body }),
          400,
          'invalid_request',
          JSON.stringify(body),
        );
    },
  ),
  check(
    'humans/read',
    'markVisitorRead, markConversationRead',
    'reading is noted for both sides and never goes back',
    async (kit) => {
      const { visitor, conversation } = await waiting(kit);
      const reply = await kit.account.reply(conversation.id, 'Halo.');
      const { unread } = await visitor.snapshot();
      expectThat(unread >= 1, "the visitor's unread: 1 or more", unread);
      const read = (seq: number): ReturnType<Visitor['call']> =>
        visitor.call('markVisitorRead', { body: { seq } });
      expectStatus(await read(reply.seq), 204, 'markVisitorRead');
      expectEqual((await visitor.snapshot()).unread, 0, "the visitor's unread afterwards");
      expectStatus(await read(0), 204, 'markVisitorRead with a lower number');
      expectEqual((await visitor.snapshot()).unread, 0, "the visitor's unread after a lower number");
      const log = await kit.account.log(conversation.id);
      const noted = log.flatMap((event) =>
        event.type === 'read' && event.by === 'visitor' ? [event.upTo] : [],
      );
      expectEqual(noted, [reply.seq], 'read events by the visitor');
      const said = await visitor.say('terima kasih');
      const message = (await visitor.snapshot()).messages.find(({ id }) => id === said.turnId) as Message;
      const path = { conversationId: conversation.id };
      expectStatus(
        await kit.host.call('markConversationRead', { path, body: { seq: message.seq } }),
        204,
        'markConversationRead',
      );
      expectStatus(
        await kit.host.call('markConversationRead', { path, body: { seq: 1 } }),
        204,
        'markConversationRead, lower',
      );
      expectEqual((await visitor.snapshot()).readSeq, message.seq, "the visitor's readSeq");
    },
  ),
  check(
    'humans/unread',
    'Conversation.unread',
    'unread counts what the visitor said since the last answer',
    async (kit) => {
      const { visitor, conversation } = await waiting(kit);
      await visitor.say('satu');
      await visitor.say('dua');
      expectThat(
        (await kit.account.conversation(conversation.id)).unread >= 3,
        'at least 3',
        (await kit.account.conversation(conversation.id)).unread,
      );
      await kit.account.reply(conversation.id, 'Ya.');
      expectEqual((await kit.account.conversation(conversation.id)).unread, 0, 'unread after a reply');
    },
  ),
  check(
    'humans/flow-text',
    'rule 9',
    'texts are plain: what was written comes back letter for letter',
    async (kit) => {
      await kit.account.serve(deskFlow(kit.account));
      const visitor = await kit.visitor();
      const text = '<img src=x onerror=alert(1)> **b** {{visitor.name}} &amp; \u202e😀\n\ttab';
      await visitor.say(text);
      const { id, lastMessage } = await kit.account.conversationOf(visitor.id);
      expectThat(lastMessage !== null, 'a last message', lastMessage);
      const reply = await kit.account.reply(id, text);
      expectEqual(reply.text, text, 'a reply');
      const texts = (await visitor.snapshot()).messages
        .filter(({ author }) => author.kind !== 'bot')
        .map((message) => message.text);
      expectEqual(texts, [text, text], "the visitor's and the agent's text");
    },
  ),
  check(
    'humans/if-unassigned',
    'assignConversation',
    'of two agents who take a conversation at once one does, the other is 409 with who has it',
    async (kit) => {
      const { id: conversationId } = (await waiting(kit)).conversation;
      const agents = kit.account.agents.slice(0, 2);
      const answers = await Promise.all(
        agents.map(({ id: agentId }) =>
          kit.host.call('assignConversation', {
            path: { conversationId },
            body: { kind: 'agent', agentId, ifUnassigned: true },
          }),
        ),
      );
      const lost = answers.find(({ status }) => status !== 200);
      const won = answers.find(({ status }) => status === 200)?.body as Conversation | undefined;
      expectThat(
        won !== undefined && lost !== undefined,
        'one 200 and one refusal',
        answers.map(({ status }) => status),
      );
      expectProblem(lost!, 409, 'already_assigned', 'the later one');
      expectEqual((lost!.body as ProblemDetails).handler?.id, won!.handler?.id, 'handler: who has it');
    },
  ),
];
