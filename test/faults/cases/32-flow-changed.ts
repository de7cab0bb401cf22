import assert from 'node:assert/strict';
import { faultFlow, FLOW } from '../harness/workspace.ts';
import { count as said, type Row } from '../row.ts';

export const flowChanged: Row = {
  number: 32,
  fault: 'Flow changed during a run',
  expected: 'a run keeps its version; new runs use the new version',
  pass: '0 mixed runs',
  elsewhere: [
    {
      file: 'packages/host/src/operations/sessions.test.ts',
      test: 'a session keeps its version, a new session uses the live version',
    },
  ],
  trials: [
    {
      with: 'client',
      counts: { shrunk: 6, full: 200 },
      unit: 'visitors, a new version after every second one',
      async run(harness, count) {
        const { desk } = harness;
        let { version } = (await desk.getFlow(FLOW)).newest;
        const began: { visitor: ReturnType<typeof harness.visitor>; words: string }[] = [];
        let words = 'Halo kak!';
        for (let number = 0; number < count; number++) {
          if (number % 2 === 0) {
            words = `Halo dari versi ${version + 1}!`;
            const saved = await desk.saveFlowVersion(FLOW, {
              flow: faultFlow(words) as never,
              baseVersion: version,
            });
            assert.ok('version' in saved && saved.live);
            ({ version } = saved);
          }
          const visitor = harness.visitor();
          await visitor.say('halo');
          await visitor.drained();
          began.push({ visitor, words });
        }
        // Every run waits. All but the last two are on an older version.
        for (const { visitor } of began) await visitor.press('ask', 'order');
        for (const { visitor, words } of began) {
          await visitor.check();
          const versions = new Set(visitor.answers.map(({ result }) => result.session.flow?.version));
          assert.equal(versions.size, 1, 'one session, one version');
          assert.equal(
            (await visitor.hostMessages()).find(({ author }) => author.kind === 'bot')?.text,
            words,
          );
          const { labelIds } = await desk.getConversation(await harness.conversationOf(visitor.token()));
          assert.deepEqual(labelIds, ['lbl_order'], 'the old version went on to its end');
        }
        await desk.saveFlowVersion(FLOW, { flow: faultFlow() as never, baseVersion: version });
        return `${said(count)} runs over ${said(Math.ceil(count / 2))} versions: 0 mixed`;
      },
    },
  ],
};
