/** Limits and malformed requests: refused with the right form, never stored, never a 500. */
import { check, type Kit } from '../kit/check.ts';
import { expectEqual, expectProblem, expectStatus, expectThat, NotRun } from '../kit/expect.ts';
import { lineFlow } from '../kit/flows.ts';
import type { Visitor } from '../kit/visitor.ts';
import { atDesk } from './turns.ts';

/** Returns a fork of many branches, each with a long message: large, but within the limits of a document. */
function bigFlow(kit: Kit, branches: number, textLength: number): Record<string, never> {
  const cards: Record<string, unknown> = {
    start: { kind: 'start', next: [...Array.from({ length: branches }, (_, index) => `c${index}`), 'rest'] },
    rest: { kind: 'else', next: ['people'] },
    people: lineFlow(kit.account, '')['people'],
  };
  for (let index = 0; index < branches; index++) {
    const test = { kind: 'first-message-text', match: 'equals', keywords: [`kata ${index}`] };
    cards[`c${index}`] = { kind: 'condition', test, next: [`m${index}`] };
    cards[`m${index}`] = { kind: 'message', text: 'a'.repeat(textLength), next: [`p${index}`] };
    cards[`p${index}`] = lineFlow(kit.account, '')['people'];
  }
  return cards as Record<string, never>;
}

async function stored(visitor: Visitor): Promise<number> {
  return (await visitor.snapshot()).seq;
}

export const limitChecks = [
  check('limits/text', 'MessageInput.text', '4,000 code points are a message, 4,001 are not', async (kit) => {
    const visitor = await atDesk(kit);
    await visitor.say('😀'.repeat(4000));
    const long = await visitor.post(visitor.message(`${'😀'.repeat(4000)}a`));
    expectProblem(long, 400, 'invalid_request', '4,001 code points');
    expectEqual(await stored(visitor), 1, 'seq');
    const { messages } = await visitor.snapshot();
    expectEqual([...messages[0]!.text].length, 4000, 'code points of the stored text');
  }),
  check('limits/body', 'info', 'a body over 64 KiB is 413 too_large, in both APIs', async (kit) => {
    const visitor = await atDesk(kit);
    const turn = visitor.message('halo', { padding: 'x'.repeat(65_536) });
    expectProblem(await visitor.post(turn), 413, 'too_large', 'a turn');
    expectEqual(await stored(visitor), 0, 'seq: nothing was stored');
    const path = { inboxId: kit.account.inbox.id };
    const identity = await kit.host.call('createVisitor', { path, body: { padding: 'x'.repeat(70_000) } });
    expectProblem(identity, 413, 'too_large', 'createVisitor');
    const inbox = await kit.host.call('updateInbox', { path, body: { name: 'x'.repeat(70_000) } });
    expectProblem(inbox, 413, 'too_large', 'updateInbox');
  }),
  check('limits/flow', 'info', 'a flow of 1 MiB is saved, one over 2 MiB is 413', async (kit) => {
    const { account } = kit;
    const flow = await account.createFlow(lineFlow(account, 'kecil'));
    const save = (cards: Record<string, never>, base: number): ReturnType<typeof account.saveVersion> =>
      account.saveVersion(flow.summary.id, base, { flow: { ...flow.newest.flow, cards }, live: false });
    const big = await save(bigFlow(kit, 110, 9_500), 1);
    expectStatus(big, 201, 'a flow of 1 MiB');
    const huge = await save(bigFlow(kit, 230, 9_500), 2);
    expectProblem(huge, 413, 'too_large', 'a flow over 2 MiB');
  }),
  check('limits/invalid-turns', 'Turn', 'turns that are wrong in form are 400 and say where', async (kit) => {
    const visitor = await atDesk(kit);
    const good = visitor.message('halo');
    const { session: _, ...sessionless } = good;
    for (const [what, body] of [
      ['no session', sessionless],
      ['an empty id', { ...good, id: '', input: { ...good.input, id: '' } }],
      ['an id of 65 letters', { ...good, id: 'x'.repeat(65), input: { ...good.input, id: 'x'.repeat(65) } }],
      ['seq 0', { ...good, seq: 0 }],
      ['seq 1.5', { ...good, seq: 1.5 }],
      ['seq "1"', { ...good, seq: '1' }],
      ['no input', { ...good, input: undefined }],
      ['an unknown kind of input', { ...good, input: { ...good.input, kind: 'shout' } }],
      [
        'a press without a button',
        { ...good, input: { kind: 'press', id: good.id, at: good.input.at, cardId: 'ask' } },
      ],
      ['a time that is none', { ...good, input: { ...good.input, at: 'yesterday' } }],
      ['a text that is none', { ...good, input: { ...good.input, text: 1 } }],
      ['effects that are none', { ...good, effects: 'all' }],
      ['a list', [good]],
    ] as const) {
      const answer = await visitor.call('submitTurn', { body });
      expectProblem(answer, 400, 'invalid_request', what);
      const { fields } = answer.body as { fields?: unknown[] };
      expectThat((fields ?? []).length > 0, `${what}: fields`, answer.body);
    }
    for (const rawBody of ['', '{', 'null', '"turn"', '{"id":'])
      expectProblem(
        await visitor.call('submitTurn', { rawBody }),
        400,
        'invalid_request',
        `the body ${JSON.stringify(rawBody)}`,
      );
    expectEqual(await stored(visitor), 0, 'seq: nothing was stored');
  }),
  check('limits/unknown-paths', 'Problem', 'unknown paths and methods are problems too', async (kit) => {
    const { token } = kit.options;
    for (const [method, path] of [
      ['GET', '/v1/nothing'],
      ['GET', '/v1'],
      ['GET', '/v2/flows'],
      ['DELETE', '/v1/flows'],
      ['PUT', '/v1/health'],
      ['GET', `/v1/widget/${kit.account.inbox.id}/turns`],
    ] as const) {
      const answer = await kit.host.send(method, path, { token });
      expectProblem(answer, [404, 405], ['not_found', 'invalid_request'], `${method} ${path}`);
      expectEqual(answer.type, 'application/problem+json', `content type of ${method} ${path}`);
    }
  }),
  check('limits/query', 'info', 'queries out of bounds are 400', async (kit) => {
    const visitor = await atDesk(kit);
    for (const [operation, query] of [
      ['listVisitorEvents', { limit: 0 }],
      ['listVisitorEvents', { limit: 1000 }],
      ['listVisitorEvents', { wait: 600 }],
      ['getVisitorConversation', { before: 0 }],
      ['getVisitorConversation', { limit: 'x' }],
    ] as const)
      expectProblem(
        await visitor.call(operation, { query }),
        400,
        'invalid_request',
        `${operation} ${JSON.stringify(query)}`,
      );
    const status = await kit.host.call('listConversations', { query: { status: 'happy' } });
    expectProblem(status, 400, 'invalid_request', 'listConversations status=happy');
  }),
  check('limits/rate', 'Retry-After', 'when it limits, it says for how long', async (kit) => {
    if (kit.host.limited === 0) throw new NotRun('the host limited nothing that the kit asked');
    const wrong = [...kit.host.seen].flatMap(([id, seen]) =>
      [...seen.wrong].filter((one) => one.startsWith('429')).map((one) => `${id} ${one}`),
    );
    expectEqual(wrong, [], 'wrong 429 answers');
  }),
];
