/** Authentication: every operation that needs a token, with every kind of wrong token. */
import type { VisitorSession } from '@alur/protocol';
import { check, type Kit } from '../kit/check.ts';
import type { Operation } from '../kit/contract.ts';
import {
  expectEqual,
  expectProblem,
  expectStatus,
  expectThat,
  NotRun,
  showAnswer,
  Unmet,
} from '../kit/expect.ts';
import type { Answer } from '../kit/answer.ts';
import { DESK, deskFlow } from '../kit/flows.ts';
import { uuid7 } from '../kit/ids.ts';
import { Visitor } from '../kit/visitor.ts';
import { inSeconds, signJwt, unsignedJwt } from '../kit/jwt.ts';

/** Path parameters, with existing ids where the kit knows them. */
export function realPath(kit: Kit): Record<string, string | number> {
  const { inbox, agents } = kit.account;
  return {
    inboxId: inbox.id,
    agentId: agents[0]!.id,
    flowId: inbox.flowId ?? 'flow_unknown',
    conversationId: 'conversation_unknown',
    attachmentId: 'attachment_unknown',
    version: 1,
  };
}

/**
 * The dashboard operations for one kind of wrong token: every seventh, with another start for each kind. A
 * host may count wrong tokens, so only the missing token is tried on all operations. The visitor API is tried
 * completely.
 */
const sample =
  (kit: Kit, kind: number) =>
  ({ id, door }: Operation): boolean => {
    const { operations } = kit.host.contract;
    const ids = [...operations.values()].filter((one) => one.door === 'dashboard').map((one) => one.id);
    return door !== 'dashboard' || ids.indexOf(id) % 7 === kind;
  };

async function sweep(
  kit: Kit,
  token: string | null,
  wanted: (operation: Operation) => boolean,
): Promise<void> {
  const wrong: string[] = [];
  for (const operation of kit.host.contract.operations.values()) {
    if (operation.door === null || !wanted(operation)) continue;
    const answer = await kit.host.call(operation.id, {
      path: realPath(kit),
      token,
      ...(operation.hasBody && { body: {} }),
    });
    const code = (answer.body as { code?: string } | undefined)?.code;
    if (answer.status !== 401 || code !== 'unauthenticated')
      wrong.push(`${operation.id}: ${showAnswer(answer)}`);
  }
  if (wrong.length > 0)
    throw new Unmet('401 unauthenticated from every operation that wants a token', wrong.join('; '));
}

function needsSigningKey({ options }: Kit): { iss: string; key: string } {
  if (!options.signingKey || !options.accountId) throw new NotRun('give --account and --signing-key');
  return { iss: options.accountId, key: options.signingKey };
}

function needsIdentityKey({ options }: Kit): string {
  if (!options.identityKey) throw new NotRun('give --identity-key');
  return options.identityKey;
}

const refused = (answer: Answer, what: string): void =>
  expectProblem(answer, 401, ['unauthenticated', 'token_expired'], what);

export const authChecks = [
  check('auth/missing', 'security', 'no token: 401 from every operation that wants one', (kit) =>
    sweep(kit, null, () => true),
  ),
  check('auth/wrong', 'security', 'a made-up token: 401', async (kit) => {
    await sweep(kit, 'wrong', sample(kit, 0));
    await sweep(kit, 'eyJhbGciOiJIUzI1NiJ9.e30.x', sample(kit, 1));
  }),
  check('auth/unsigned', 'security', 'a JWT with alg none is refused', (kit) => {
    const { accountId = 'acc' } = kit.options;
    return sweep(
      kit,
      unsignedJwt({ iss: accountId, sub: kit.account.agents[0]!.id, roles: ['admin'], exp: inSeconds(600) }),
      sample(kit, 2),
    );
  }),
  check('auth/header-only', 'info', 'a token counts only as a bearer token in the header', async (kit) => {
    const { host, options } = kit;
    for (const [path, headers] of [
      [`/v1/flows?access_token=${options.token}`, {}],
      [`/v1/flows?token=${options.token}`, {}],
      ['/v1/flows', { cookie: `token=${options.token}` }],
      ['/v1/flows', { authorization: `Basic ${options.token}` }],
      ['/v1/flows', { authorization: options.token }],
    ] as [string, Record<string, string>][])
      expectProblem(
        await host.send('GET', path, { headers }),
        401,
        'unauthenticated',
        `GET ${path.split('?')[0]}`,
      );
    const visitor = await kit.visitor();
    const stream = `/v1/widget/${visitor.inboxId}/events?token=${visitor.tokens.token}`;
    expectProblem(await host.send('GET', stream), 401, 'unauthenticated', 'a visitor token in the address');
  }),
  check('auth/doors', 'securitySchemes', 'a token of one API is refused by the other', async (kit) => {
    const visitor = await kit.visitor();
    const some = sample(kit, 3);
    await sweep(kit, visitor.tokens.token, (one) => one.door === 'dashboard' && some(one));
    await sweep(kit, kit.options.token, ({ door }) => door === 'visitor');
    await sweep(kit, visitor.tokens.refreshToken, sample(kit, 4));
  }),
  check('auth/other-inbox', 'visitorToken', 'a visitor token is scoped to its inbox', async (kit) => {
    const { otherInbox } = kit.account;
    if (!otherInbox) throw new NotRun('the account has one inbox only');
    const visitor = await kit.visitor();
    for (const id of ['getVisitorConversation', 'listVisitorEvents', 'streamVisitorEvents']) {
      const answer = await visitor.call(id, { path: { inboxId: otherInbox.id } });
      expectProblem(
        answer,
        [401, 403, 404, 409],
        ['unauthenticated', 'origin_not_allowed', 'not_found', 'inbox_type'],
        id,
      );
    }
  }),
  check(
    'auth/expired',
    'dashboardToken',
    'JWTs: good ones pass; expired, long, foreign, forged ones do not',
    async (kit) => {
      const { iss, key } = needsSigningKey(kit);
      const sub = kit.account.agents[0]!.id;
      const good = { iss, sub, roles: ['admin'], exp: inSeconds(600) };
      const list = (token: string): Promise<Answer> => kit.host.call('listFlows', { token });
      expectStatus(await list(signJwt(good, key)), 200, 'a good JWT');
      const old = await list(signJwt({ ...good, exp: inSeconds(-600) }, key));
      expectProblem(old, 401, 'token_expired', 'an expired JWT');
      refused(await list(signJwt({ ...good, exp: undefined }, key)), 'a JWT without exp');
      refused(await list(signJwt({ ...good, exp: inSeconds(7200) }, key)), 'a JWT good for two hours');
      refused(await list(signJwt(good, `${key}x`)), 'a JWT signed with another key');
      refused(await list(signJwt({ ...good, iss: `${iss}x` }, key)), 'a JWT of another account');
      refused(await list(signJwt({ ...good, iss: '' }, key)), 'a JWT of no account');
    },
  ),
  check('auth/own-agent', 'Reply.agentId', "with a JWT, a reply is the token's own agent's", async (kit) => {
    const { iss, key } = needsSigningKey(kit);
    const [me, other] = kit.account.agents;
    await kit.account.select(null);
    const visitor = await kit.visitor();
    await visitor.say('halo');
    const { id } = await kit.account.conversationOf(visitor.id);
    const token = signJwt({ iss, sub: me!.id, roles: ['agent'], exp: inSeconds(600) }, key);
    const path = { conversationId: id };
    const mine = await kit.host.call('replyToConversation', {
      path,
      token,
      body: { id: 'r1', text: 'halo' },
    });
    expectStatus(mine, 200, 'a reply without agentId');
    const body = { id: 'r2', text: 'halo', agentId: other!.id };
    const forged = await kit.host.call('replyToConversation', { path, token, body });
    expectStatus(forged, [400, 403, 422], 'a reply as another agent');
  }),
  check(
    'auth/refresh',
    'refreshVisitor',
    'refresh tokens rotate; the predecessor gets the same successor',
    async (kit) => {
      const visitor = await kit.visitor();
      const refresh = (refreshToken: string): Promise<Answer> =>
        kit.host.call('refreshVisitor', { path: { inboxId: visitor.inboxId }, body: { refreshToken } });
      const first = await refresh(visitor.tokens.refreshToken);
      expectStatus(first, 200, 'refresh');
      const one = first.body as VisitorSession;
      expectEqual(one.visitorId, visitor.id, 'visitorId');
      expectThat(one.refreshToken !== visitor.tokens.refreshToken, 'another refresh token', 'the same');
      const again = await refresh(visitor.tokens.refreshToken);
      expectStatus(again, 200, 'the predecessor, its successor unused');
      expectEqual((again.body as VisitorSession).refreshToken, one.refreshToken, 'its successor');
      const usable = await kit.host.call('getVisitorConversation', {
        path: { inboxId: visitor.inboxId },
        token: one.token,
      });
      expectStatus(usable, 200, 'the new token');
      const second = await refresh(one.refreshToken);
      expectStatus(second, 200, 'refresh again');
      const late = await refresh(visitor.tokens.refreshToken);
      expectStatus(late, 200, 'the predecessor within a minute, its successor used');
      expectEqual((late.body as VisitorSession).refreshToken, one.refreshToken, 'still its successor');
      refused(await refresh('made-up'), 'a made-up refresh token');
      refused(await refresh(visitor.tokens.token), 'an access token');
    },
  ),
  check(
    'auth/refresh-at-once',
    'refreshVisitor',
    'ten tabs that refresh at once get one successor',
    async (kit) => {
      const visitor = await kit.visitor();
      const answers = await Promise.all(
        Array.from({ length: 10 }, () =>
          kit.host.call('refreshVisitor', {
            path: { inboxId: visitor.inboxId },
            body: { refreshToken: visitor.tokens.refreshToken },
          }),
        ),
      );
      for (const answer of answers) expectStatus(answer, 200, 'each of ten');
      const successors = new Set(answers.map(({ body }) => (body as VisitorSession).refreshToken));
      expectEqual(successors.size, 1, 'different successors');
    },
  ),
  check(
    'auth/identity',
    'createVisitor',
    'an identity JWT of the site gives the verified visitor of its sub',
    async (kit) => {
      const key = needsIdentityKey(kit);
      const path = { inboxId: kit.account.inbox.id };
      const create = (identity: string): Promise<Answer> =>
        kit.host.call('createVisitor', { path, body: { identity } });
      const claims = { sub: 'conformance-ayu', name: 'Ayu', email: 'ayu@shop.example', exp: inSeconds(600) };
      const one = await create(signJwt(claims, key));
      expectStatus(one, 201, 'a good identity');
      expectEqual((one.body as VisitorSession).verified, true, 'verified');
      const two = await create(signJwt(claims, key));
      expectEqual(
        (two.body as VisitorSession).visitorId,
        (one.body as VisitorSession).visitorId,
        'visitorId of the same sub',
      );
      const other = await create(signJwt({ ...claims, sub: 'conformance-budi' }, key));
      expectThat(
        (other.body as VisitorSession).visitorId !== (one.body as VisitorSession).visitorId,
        'another visitor for another sub',
        'the same',
      );
      refused(await create(signJwt({ ...claims, exp: inSeconds(-600) }, key)), 'an expired identity');
      refused(await create(signJwt({ ...claims, exp: undefined }, key)), 'an identity without exp');
      refused(
        await create(signJwt({ ...claims, exp: inSeconds(7200) }, key)),
        'an identity good for two hours',
      );
      refused(await create(signJwt({ ...claims, sub: undefined }, key)), 'an identity without sub');
      refused(await create(signJwt({ ...claims, sub: '' }, key)), 'an identity with an empty sub');
      refused(await create(signJwt(claims, `${key}x`)), 'an identity signed with another key');
      refused(await create(signJwt(claims, '')), 'an identity signed with no key');
      refused(await create(unsignedJwt(claims)), 'an identity with alg none');
    },
  ),
  check(
    'auth/identity-facts',
    'Facts',
    'what the site vouches for stands above what the page claims',
    async (kit) => {
      const key = needsIdentityKey(kit);
      await kit.account.serve(deskFlow(kit.account));
      const sub = `conformance-${uuid7()}`;
      const identity = signJwt({ sub, name: 'Ayu', exp: inSeconds(600) }, key);
      const visitor = await Visitor.create(kit.host, kit.account.inbox.id, { identity });
      const turn = visitor.message('urgent', {
        facts: { visitor: { name: 'Budi', email: 'budi@shop.example' } },
      });
      const result = await visitor.take({ ...turn, effects: DESK.urgent(turn.id, 'Budi') });
      expectEqual(
        [result.run.facts.visitor?.name, result.verdict],
        ['Ayu', 'corrected'],
        'facts.visitor.name, verdict',
      );
      expectEqual(result.effects, DESK.urgent(turn.id, 'Ayu'), 'effects');
      expectEqual(result.run.facts.visitor?.email, undefined, 'facts.visitor.email, which no token states');
      const { visitor: known } = await kit.account.conversationOf(visitor.id);
      expectEqual(
        [known.verified, known.name, known.email],
        [true, 'Ayu', undefined],
        'verified, name and email for agents',
      );
    },
  ),
  check(
    'auth/identity-forged',
    'createVisitor',
    'an unsigned identity is 401, not an anonymous visitor',
    async (kit) => {
      const path = { inboxId: kit.account.inbox.id };
      for (const identity of [
        unsignedJwt({ sub: 'x', exp: inSeconds(600) }),
        'garbage',
        signJwt({ sub: 'x', exp: inSeconds(600) }, 'guess'),
      ])
        refused(await kit.host.call('createVisitor', { path, body: { identity } }), 'a forged identity');
    },
  ),
  check(
    'auth/no-simple-requests',
    'createVisitor',
    'a page cannot write by a form: only JSON bodies are taken',
    async (kit) => {
      const visitor = await kit.visitor();
      const headers = { 'content-type': 'text/plain' };
      const path = `/v1/widget/${visitor.inboxId}`;
      const turn = await kit.host.send('POST', `${path}/turns`, {
        token: visitor.tokens.token,
        headers,
        rawBody: JSON.stringify(visitor.message('halo')),
      });
      expectStatus(turn, [400, 415], 'a turn as text/plain');
      const created = await kit.host.send('POST', `${path}/visitors`, { headers, rawBody: '{}' });
      expectStatus(created, [400, 415], 'createVisitor as text/plain');
    },
  ),
];
