import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { effectiveFacts, startRun, advance, compileFlow, parseFlow, publicEffect } from '@alur/flow';
import type { PublicEffect } from '@alur/protocol';
import { signToken } from '../testing/sign-token.ts';
import {
  createTestDashboard,
  createTestHost,
  createTestVisitor,
  databases,
  type TestHost,
} from '../testing/test-host.ts';
import { flowOf, shopCards } from '../testing/test-workspace.ts';

const CLAIMS = {
  name: 'CEO',
  email: 'ceo@shop.example',
  phone: '+62 1',
  language: 'id',
  attributes: { page: '/cart' },
};

for (const database of databases) {
  describe(`a verified visitor on ${database.name}`, () => {
    let host: TestHost;
    before(async () => {
      host = await createTestHost({}, database);
    });
    after(() => host.close());

    /**
     * Creates a verified visitor of a new workspace. `sign` returns the visitor of another token with the
     * same subject.
     */
    async function verifiedVisitor(claims: object) {
      const { inboxId, key, workspace } = await host.workspace();
      const identityKey = String(workspace.inboxes?.[0]?.identityKey);
      const sign = (stated: object) => {
        const exp = Math.floor(host.clock() / 1000) + 600;
        return createTestVisitor(host, inboxId, signToken({ sub: 'user-1', exp, ...stated }, identityKey));
      };
      return { visitor: await sign(claims), sign, dashboard: createTestDashboard(host, key) };
    }

    test('a name in a turn does not become the author when the token has only a subject', async () => {
      const { visitor, dashboard } = await verifiedVisitor({});
      const { run, effects } = await visitor.message('halo', { facts: { visitor: CLAIMS } });
      assert.deepEqual(run.facts.visitor, { language: 'id', attributes: { page: '/cart' } });
      assert.equal((effects[0] as { text?: string }).text, 'Halo kak!');
      const conversation = await dashboard.conversationOf(visitor.visitorId);
      const { verified, name, email, phone, attributes } = conversation.visitor;
      assert.deepEqual(
        { verified, name, email, phone, attributes },
        {
          verified: true,
          name: undefined,
          email: undefined,
          phone: undefined,
          attributes: { page: '/cart' },
        },
      );
      for (const event of await dashboard.log(conversation.id))
        if (event.type === 'message' && event.message.author.kind === 'visitor')
          assert.deepEqual(event.message.author, { kind: 'visitor' });
      assert.doesNotMatch(JSON.stringify(await dashboard.log(conversation.id)), /CEO|ceo@|\+62 1/);
    });

    test('an attribute of the token wins over a claim, and the dashboard names the verified keys', async () => {
      const token = { name: 'Ayu', attributes: { plan: 'gold', vip: 'no' } };
      const { visitor, sign, dashboard } = await verifiedVisitor(token);
      const facts = { visitor: { attributes: { vip: 'yes', page: '/cart' } } };
      const { run } = await visitor.message('halo', { facts });
      const merged = { plan: 'gold', vip: 'no', page: '/cart' };
      assert.deepEqual(run.facts.visitor, { name: 'Ayu', attributes: merged });
      const known = (await dashboard.conversationOf(visitor.visitorId)).visitor;
      assert.deepEqual([known.attributes, known.verifiedAttributes?.toSorted()], [merged, ['plan', 'vip']]);
      // The newest token decides. The claim that it replaced was not stored.
      await sign({});
      const later = (await dashboard.conversationOf(visitor.visitorId)).visitor;
      assert.deepEqual(
        [later.name, later.attributes, later.verifiedAttributes],
        [undefined, { page: '/cart' }, undefined],
      );
    });

    test('a claim computed from the token and the attributes is not corrected', async () => {
      const token = { name: 'Ayu', attributes: { plan: 'gold' } };
      const { visitor } = await verifiedVisitor(token);
      const parsed = parseFlow(flowOf('flow_shop', shopCards));
      assert.ok(parsed.ok);
      const turn = visitor.say('halo', {});
      const facts = { visitor: effectiveFacts(CLAIMS, token) };
      const compiled = compileFlow(parsed.flow, {});
      const { effects } = advance(compiled, startRun(facts), turn.input as never);
      const claimed = effects.map(publicEffect) as PublicEffect[];
      const { verdict, effects: found } = (await visitor.turn({ ...turn, facts, effects: claimed })).body;
      assert.deepEqual([verdict, (found[0] as { text?: string }).text], ['equal', 'Halo Ayu!']);
    });
  });
}
