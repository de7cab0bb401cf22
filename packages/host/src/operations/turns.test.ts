import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ENGINE_REVISION } from '@alur/flow';
import type { ProblemDetails, PublicEffect, Turn, TurnResult } from '@alur/protocol';
import {
  createTestDashboard,
  createTestHost,
  createTestVisitor,
  databases,
  kinds,
  type TestHost,
} from '../testing/test-host.ts';

for (const database of databases) {
  describe(`a turn on ${database.name}`, () => {
    let host: TestHost;
    before(async () => {
      host = await createTestHost({}, database);
    });
    after(() => host.close());

    async function begin() {
      const { inboxId, key } = await host.workspace();
      const visitor = await createTestVisitor(host, inboxId);
      return { inboxId, key, visitor, dashboard: createTestDashboard(host, key) };
    }

    test('the first message opens a session, runs the flow and applies its effects', async () => {
      const { visitor, dashboard } = await begin();
      const result = await visitor.message('Saya VIP!');
      assert.deepEqual(kinds(result.effects), ['label', 'assign-human', 'end']);
      assert.equal(result.run.status, 'ended');
      assert.deepEqual(result.session, {
        id: result.session.id,
        number: 1,
        status: 'open',
        flow: { id: 'flow_shop', version: 1 },
      });
      const conversation = await dashboard.conversationOf(visitor.visitorId);
      assert.deepEqual(conversation.labelIds, ['lbl_vip']);
      assert.equal(conversation.status, 'pending');
      assert.equal(conversation.handler?.id, 'agt_budi', 'online, least loaded, first by id');
      assert.deepEqual(conversation.collaborators, { agentIds: [], teamIds: ['team_vip'] });
      assert.equal(conversation.seq, (await dashboard.log(conversation.id)).at(-1)?.seq);
    });

    test('a visitor receives no labels, collaborators, paths or agent ids', async () => {
      const { visitor } = await begin();
      await visitor.message('vip');
      const { events } = await visitor.events();
      assert.deepEqual([...new Set(events.map(({ type }) => type))].sort(), [
        'handler',
        'message',
        'run',
        'session',
      ]);
      assert.doesNotMatch(JSON.stringify(events), /agt_|team_|lbl_|ai_cs/);
    });

    test('a press with the name of an inherited property is ignored like any unknown card', async () => {
      const { visitor } = await begin();
      await visitor.message('halo');
      for (const id of ['constructor', 'toString', 'hasOwnProperty', 'valueOf']) {
        const { effects, run } = await visitor.press(id, 'constructor');
        assert.deepEqual([effects, run.status, run.waitingAt], [[], 'waiting', 'ask'], id);
      }
      assert.equal((await visitor.press('ask', 'toString')).run.waitingAt, 'ask');
    });

    test('a bot message has the id of its turn and effect', async () => {
      const { visitor } = await begin();
      const { turnId } = await visitor.message('halo');
      const { messages } = await visitor.snapshot();
      assert.deepEqual(
        messages.map(({ id, author, text }) => [id, author.kind, text]),
        [
          [turnId, 'visitor', 'halo'],
          [`${turnId}.0`, 'bot', 'Halo kak!'],
        ],
      );
      assert.equal(messages[1]?.effectIndex, 0);
      assert.equal(messages[1]?.buttons?.length, 2);
    });

    test('a press is a message with the label of the button', async () => {
      const { visitor, dashboard } = await begin();
      await visitor.message('halo');
      const result = await visitor.press('ask', 'other');
      assert.deepEqual(kinds(result.effects), ['collaborator', 'label', 'assign-human', 'end']);
      const { messages } = await visitor.snapshot();
      assert.equal(messages.at(-1)?.text, 'Lain');
      assert.deepEqual(messages.at(-1)?.pressed, { cardId: 'ask', buttonId: 'other' });
      const { id, handler, collaborators } = await dashboard.conversationOf(visitor.visitorId);
      const added = (await dashboard.log(id)).flatMap((event) =>
        event.type === 'collaborators' ? event.added.agentIds : [],
      );
      assert.deepEqual(added, ['agt_budi'], 'named by the flow');
      assert.deepEqual(
        [handler?.id, collaborators.agentIds],
        ['agt_budi', []],
        'and then the one who handles it',
      );
    });

    test('typing the label or the number of a button counts as pressing it', async () => {
      for (const text of ['  pesanan ', '1']) {
        const { visitor } = await begin();
        await visitor.message('halo');
        assert.deepEqual(kinds((await visitor.message(text)).effects), ['assign-ai', 'end'], text);
      }
    });

    test('a correct claim is equal, a forged claim is corrected, a missing claim is unclaimed', async () => {
      const { visitor } = await begin();
      const honest = await visitor.message('halo', {
        flow: { id: 'flow_shop', version: 1 },
        effects: [
          {
            kind: 'send-buttons',
            cardId: 'ask',
            text: 'Halo kak!',
            buttons: [
              { id: 'order', label: 'Pesanan' },
              { id: 'other', label: 'Lain' },
            ],
          },
        ],
      });
      assert.equal(honest.verdict, 'equal');
      const forged = await visitor.message('terserah', {
        engineRevision: ENGINE_REVISION,
        effects: [{ kind: 'assign-human', cardId: 'team', skipAiReplyTo: null } as PublicEffect],
      });
      assert.deepEqual([forged.verdict, forged.reason], ['corrected', undefined]);
      assert.equal(forged.effects[0]?.cardId, 'sari', 'what the host found stands');
      assert.equal((await visitor.message('lagi')).verdict, 'unclaimed');
    });

    test('a claim of another engine revision is corrected, and the reason is logged', async () => {
      const { visitor, dashboard } = await begin();
      const turn = visitor.say('halo', { effects: [] });
      const { body: result } = await visitor.turn(turn);
      assert.deepEqual([result.verdict, result.reason], ['corrected', 'revision']);
      assert.deepEqual(kinds(result.effects), ['send-buttons'], 'what the host found stands');
      assert.equal((await visitor.turn(turn)).body.reason, 'revision', 'also when it is sent again');
      const { id } = await dashboard.conversationOf(visitor.visitorId);
      const path = (await dashboard.log(id)).find(({ type }) => type === 'path');
      assert.ok(path?.type === 'path' && path.verdict === 'corrected' && path.reason === 'revision');
    });

    test('an engine revision is a positive integer', async () => {
      const { visitor } = await begin();
      for (const engineRevision of [0, 1.5, '2', null, 2 ** 31]) {
        const turn = { ...visitor.say('halo'), engineRevision } as Turn;
        const { status, body } = await visitor.turn(turn);
        assert.deepEqual([status, body.code], [400, 'invalid_request'], String(engineRevision));
      }
    });

    test('a forged claim changes nothing that is stored', async () => {
      const { visitor, dashboard } = await begin();
      await visitor.message('halo', {
        effects: [
          { kind: 'label', cardId: 'mark' } as PublicEffect,
          { kind: 'end', cardId: 'team', reason: 'assigned' },
        ],
      });
      const conversation = await dashboard.conversationOf(visitor.visitorId);
      assert.deepEqual(conversation.labelIds, []);
      assert.equal(conversation.run.status, 'waiting');
      const path = (await dashboard.log(conversation.id)).find(({ type }) => type === 'path');
      assert.ok(path?.type === 'path' && path.verdict === 'corrected' && path.trace.length > 0);
    });

    test('fifty equal concurrent turns are stored once', async () => {
      const { visitor, dashboard } = await begin();
      const body = visitor.say('halo');
      const answers = await Promise.all(Array.from({ length: 50 }, () => visitor.turn(body)));
      assert.ok(answers.every(({ status }) => status === 200));
      assert.equal(answers.filter((answer) => !answer.body.replayed).length, 1);
      const [first, ...others] = answers.map((answer) => ({ ...answer.body, replayed: true }));
      for (const other of others) assert.deepEqual(other, first);
      const { id } = await dashboard.conversationOf(visitor.visitorId);
      const messages = (await dashboard.log(id)).filter(({ type }) => type === 'message');
      assert.equal(messages.length, 2);
    });

    test('a retry with another time, number or claim is the same turn', async () => {
      const { visitor } = await begin();
      const first = await visitor.message('halo', { id: 'same' });
      await visitor.message('satu');
      const again = await visitor.turn(
        visitor.say('halo', { id: 'same', seq: 9, at: '2020-01-01T00:00:00.000Z', effects: [] }),
      );
      assert.deepEqual(again.body, { ...first, replayed: true });
    });

    test('the same id with another input is rejected, and nothing is stored', async () => {
      const { visitor } = await begin();
      await visitor.message('halo', { id: 'same' });
      const reused = await visitor.turn(visitor.say('lain', { id: 'same' }));
      assert.equal(reused.status, 422);
      assert.equal(reused.body.code, 'id_reused');
      const pressed = await visitor.turn(visitor.tap('ask', 'order', { id: 'same' }));
      assert.equal(pressed.body.code, 'id_reused');
      assert.equal((await visitor.snapshot()).messages.length, 2);
    });

    test('an empty message is rejected with its field, and nothing is stored', async () => {
      const { visitor, dashboard, key } = await begin();
      for (const text of ['', ' \n', '\u200b\u2060', '\u3164\ufe0f', '\u2800']) {
        const refused = await visitor.turn(visitor.say(text));
        assert.deepEqual([refused.status, refused.body.code], [400, 'invalid_request'], JSON.stringify(text));
        assert.deepEqual(
          (refused.body as unknown as ProblemDetails).fields?.map(({ path }) => path),
          ['/input/text'],
        );
      }
      await visitor.message('\u200b.', { id: 'dot' });
      assert.equal((await visitor.snapshot()).messages[0]?.id, 'dot');
      const { id } = await dashboard.conversationOf(visitor.visitorId);
      const reply = await host.call<ProblemDetails>(`/v1/conversations/${id}/messages`, {
        token: key,
        body: { id: 'blank', text: '\u200b ', agentId: 'agt_budi' },
      });
      assert.deepEqual([reply.status, reply.body.fields?.[0]?.path], [400, '/text']);
    });

    test('an id of another message in the conversation is rejected', async () => {
      const { visitor, dashboard } = await begin();
      await visitor.message('halo');
      const { id } = await dashboard.conversationOf(visitor.visitorId);
      await dashboard.reply(id, 'Hai', 'agt_budi', 'reply-1');
      assert.equal((await visitor.turn(visitor.say('Hai', { id: 'reply-1' }))).body.code, 'id_reused');
    });

    test('a gap in the sequence numbers is rejected with the expected number', async () => {
      const { visitor } = await begin();
      await visitor.message('halo');
      const gap = await visitor.turn(visitor.say('dua', { seq: 4 }));
      assert.equal(gap.status, 409);
      assert.deepEqual([gap.body.code, gap.body.expected], ['sequence_gap', 2]);
    });

    test('an unknown id with an old sequence number is a new input and is appended', async () => {
      const { visitor } = await begin();
      await visitor.message('halo');
      const late = await visitor.message('dari perangkat lain', { seq: 1 });
      assert.equal(late.seq, 2);
      assert.equal((await visitor.snapshot()).messages.at(-1)?.text, 'dari perangkat lain');
    });

    test('while a session is open, a turn that names another session is added to the open one', async () => {
      const { visitor } = await begin();
      const first = await visitor.message('halo');
      const second = await visitor.message('dua', { session: 'minted-elsewhere' });
      assert.equal(second.session.id, first.session.id);
      assert.equal(second.session.number, 1);
    });

    test('stale, repeated and unknown presses are stored as turns and ignored', async () => {
      const { visitor } = await begin();
      await visitor.message('halo');
      await visitor.press('ask', 'order');
      const before = await visitor.snapshot();
      const ignored: TurnResult[] = [
        await visitor.press('ask', 'order'),
        await visitor.press('ask', 'other'),
        await visitor.press('nowhere', 'nothing'),
      ];
      for (const { effects, run } of ignored) {
        assert.deepEqual(effects, []);
        assert.deepEqual(run, before.run);
      }
      const after = await visitor.snapshot();
      assert.equal(after.seq, before.seq + 3);
      const said = (messages: typeof after.messages) =>
        messages.filter(({ author }) => author.kind === 'visitor');
      assert.deepEqual(said(after.messages), said(before.messages));
    });

    test('a press before any message opens a session but runs nothing', async () => {
      const { visitor } = await begin();
      const pressed = await visitor.press('ask', 'order');
      assert.equal(pressed.run.status, 'new');
      const message = await visitor.message('vip');
      assert.equal(message.session.number, 1);
      assert.equal(message.run.first?.text, 'vip');
    });

    test('the effective time uses only differences of the visitor’s clock', async () => {
      const { visitor } = await begin();
      const wrong = '2031-05-05T05:05:05.000Z';
      assert.equal((await visitor.message('halo', { at: wrong, sentAt: wrong })).usedAt, host.clock.iso());
      host.clock.pass(3_600_000);
      await visitor.renew();
      const waited = await visitor.message('tertunda', {
        at: '2031-05-05T05:05:05.000Z',
        sentAt: '2031-05-05T05:35:05.000Z',
      });
      assert.equal(waited.usedAt, host.clock.iso(-30 * 60_000), 'written half an hour before it was sent');
      const early = await visitor.message('x', { at: '2001-01-01T00:00:00.000Z', sentAt: wrong });
      assert.ok(early.usedAt >= host.clock.iso(-3_600_000), 'not before the visitor was last in touch');
      const future = await visitor.message('y', { at: wrong, sentAt: '2001-01-01T00:00:00.000Z' });
      assert.equal(future.usedAt, host.clock.iso());
    });

    test('unstorable text is stored with replacement characters', async () => {
      const { visitor } = await begin();
      const answer = await host.call<TurnResult>(`/v1/widget/${(await begin()).inboxId}/turns`, {
        token: visitor.token,
        body: '{}',
      });
      assert.equal(answer.status, 401, 'the token is for another inbox');
      const { turnId } = await visitor.message('a\0b\uD800c');
      const { messages } = await visitor.snapshot();
      assert.equal(messages.find(({ id }) => id === turnId)?.text, 'a\u{FFFD}b\u{FFFD}c');
    });

    test('a run keeps the facts of its first turn, later facts change only the visitor', async () => {
      const { visitor, dashboard } = await begin();
      const opened = await visitor.message('halo', {
        facts: { visitor: { name: 'Rina', attributes: { plan: 'gold', __proto__: 'x' } } },
      });
      assert.deepEqual(opened.run.facts, {
        visitor: { name: 'Rina', attributes: { plan: 'gold' } },
        inbox: { name: 'Web Toko' },
      });
      assert.equal((opened.effects[0] as { text?: string }).text, 'Halo Rina!');
      const later = await visitor.message('dua', { facts: { visitor: { name: 'Rini' } } });
      assert.equal(later.run.facts.visitor?.name, 'Rina');
      assert.equal((await dashboard.conversationOf(visitor.visitorId)).visitor.name, 'Rini');
    });
  });
}
