import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { unpackTrace } from '@alur/flow';
import {
  createTestDashboard,
  createTestHost,
  createTestVisitor,
  databases,
  type TestHost,
} from '../testing/test-host.ts';
import { flowOf } from '../testing/test-workspace.ts';

const BRANCHES = 900;

for (const database of databases) {
  describe(`the path of a turn on ${database.name}`, () => {
    let host: TestHost;
    before(async () => {
      host = await createTestHost({}, database);
    });
    after(() => host.close());

    test('stores a long text once, however many branches test it', async () => {
      const ids = Array.from({ length: BRANCHES }, (_, index) => `b${index}`);
      const cards: Parameters<typeof flowOf>[1] = {
        start: { kind: 'start', next: [...ids, 'rest'] },
        rest: { kind: 'else', next: ['end_rest'] },
        end_rest: {
          kind: 'assign-human',
          agentIds: [],
          teamIds: ['team_vip'],
          skipLastAiResponse: false,
          next: [],
        },
      };
      for (const id of ids) {
        cards[id] = {
          kind: 'condition',
          test: { kind: 'first-message-text', match: 'contains', keywords: [`kunci ${id} buka`] },
          next: [`end_${id}`],
        };
        cards[`end_${id}`] = {
          kind: 'assign-human',
          agentIds: [],
          teamIds: ['team_vip'],
          skipLastAiResponse: false,
          next: [],
        };
      }
      const { inboxId, key, drafts } = await host.workspace({ flows: [flowOf('flow_shop', cards)] });
      assert.deepEqual(drafts, [], 'the flow is live');
      const visitor = await createTestVisitor(host, inboxId);
      const text = 'panjang '.repeat(500).trim();
      await visitor.message(text);

      const dashboard = createTestDashboard(host, key);
      const { id } = await dashboard.conversationOf(visitor.visitorId);
      const log = await dashboard.log(id);
      const path = log.find((event) => event.type === 'path');
      assert.ok(path?.type === 'path');
      assert.equal(path.trace.length, BRANCHES + 3, 'every branch is there');
      assert.equal(JSON.stringify(path).split(text).length - 1, 1, 'the text stands once');
      const bytes = Buffer.byteLength(JSON.stringify(log));
      assert.ok(bytes < 128 * 1024, `the events of one turn have ${bytes} bytes`);

      const whys = unpackTrace(path.trace).flatMap(({ why }) =>
        why?.code === 'no-keyword' ? [why.text] : [],
      );
      assert.deepEqual(whys, Array(BRANCHES).fill(text));
    });
  });
}
