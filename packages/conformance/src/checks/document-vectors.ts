/**
 * Vectors of functions other than a run: which flows can go live, what a visitor's browser receives of a
 * flow, and its zone tables. They are replayed where the API shows the result.
 *
 * @module
 */
import type { Flow } from '@alur/flow';
import type { FlowDetail, FlowPin, WidgetConfig } from '@alur/protocol';
import type { Account, Cards } from '../kit/account.ts';
import { check, type Check } from '../kit/check.ts';
import { expectEqual, expectStatus, expectThat, NotRun, show } from '../kit/expect.ts';
import { offsetIn } from '../kit/offset-in.ts';
import { withOwnIds, type VectorDirectory } from '../kit/own-ids.ts';

interface VectorFlow {
  cards: Cards;
  [member: string]: unknown;
}

/** A vector of one of these functions. */
interface Vector {
  id: string;
  because: string;
  flow: VectorFlow;
}

/** The lists of a vector file that this module replays. */
export interface DocumentVectors {
  checks?: (Vector & { options?: { directory?: VectorDirectory }; errors: { path?: string }[] })[];
  publicCopies?: (Vector & { public: VectorFlow })[];
  zoneTables?: (Vector & { zones: Record<string, unknown> })[];
}

const DAY = 86_400_000;

/** Returns one check for each vector of these lists. */
export function documentVectorChecks(group: string, vectors: DocumentVectors): Check[] {
  const { checks = [], publicCopies = [], zoneTables = [] } = vectors;
  return [
    ...checks.map((vector) => goingLiveCheck(group, vector)),
    ...publicCopies.map((vector) => publicCopyCheck(group, vector)),
    ...zoneTables.map((vector) => zonesCheck(group, vector)),
  ];
}

/**
 * The README of the vectors leaves codes and paths to the host. Only whether there is an error is compared.
 */
function goingLiveCheck(
  group: string,
  { id, because, flow, options = {}, errors }: Required<DocumentVectors>['checks'][number],
): Check {
  return check(`${group}/${id}`, 'rule 11', because, async ({ account }) => {
    if (errors.some(({ path }) => path === '/name'))
      throw new NotRun('createFlow takes the name from the request; see flows/document-name');
    const { directory = {} } = options;
    if (directory['teams'] && !account.teams.some(({ agentIds }) => agentIds.length === 0))
      throw new NotRun('the account has no team without members');
    const { summary, newest } = await createVector(account, {
      ...flow,
      cards: withOwnIds(flow.cards, account, directory),
    });
    const found = newest.problems.filter(({ severity }) => severity === 'error');
    if (errors.length === 0) {
      expectEqual(found, [], 'errors of a flow that may go live');
      expectEqual(summary.live, 1, 'live version');
    } else {
      expectThat(found.length > 0, `errors, such as ${show(errors)}`, newest.problems);
      expectEqual(summary.live, null, 'live version of a flow with errors');
    }
  });
}

function publicCopyCheck(
  group: string,
  { id, because, flow, public: open }: Required<DocumentVectors>['publicCopies'][number],
): Check {
  return check(`${group}/${id}`, 'getPublicFlow', because, async ({ host, account }) => {
    if (Object.values(flow.cards).some(({ kind }) => kind === 'assign-ai') && !account.aiAgents[0])
      throw new NotRun('the account has no AI agent');
    const { pin, name } = await serveVector(account, flow);
    const answer = await host.call('getPublicFlow', {
      path: { inboxId: account.inbox.id, flowId: pin.id, version: pin.version },
    });
    expectStatus(answer, 200, 'getPublicFlow');
    const end = { kind: 'assign-human', skipLastAiResponse: false, next: [] };
    const wanted = { ...open, id: pin.id, name, cards: withEnds(open.cards, end) };
    expectEqual(answer.body as Flow, wanted, 'the public flow');
  });
}

/**
 * Compares names and offsets only: the tables of a vector begin at a fixed moment, those of a host in the
 * present.
 */
function zonesCheck(
  group: string,
  { id, because, flow, zones }: Required<DocumentVectors>['zoneTables'][number],
): Check {
  return check(`${group}/${id}`, 'WidgetConfig.zones', because, async ({ host, account }) => {
    await serveVector(account, flow);
    const answer = await host.call('getWidgetConfig', { path: { inboxId: account.inbox.id } });
    expectStatus(answer, 200, 'getWidgetConfig');
    const served = answer.body as WidgetConfig;
    const names = Object.keys(zones);
    expectEqual(Object.keys(served.zones).toSorted(), names.toSorted(), 'names of the zones');
    const now = Date.parse(served.serverTime);
    for (const name of names)
      for (let day = 0; day < 400; day += 19) {
        const at = now + day * DAY;
        const offset = served.zones[name]!.findLast(([from]) => from! <= at)?.[1];
        expectEqual(
          offset,
          offsetIn(name, at),
          `offset of ${name} at ${new Date(at).toISOString()}, minutes`,
        );
      }
  });
}

/** Creates a flow from a vector's members, under a name of the kit. */
function createVector(account: Account, flow: VectorFlow): Promise<FlowDetail> {
  const { cards, name: _, ...members } = flow;
  return account.createFlow(cards, members);
}

/**
 * Makes the inbox serve a vector's flow. Each open path gets an end at an agent, so that the flow can go
 * live.
 */
async function serveVector(account: Account, flow: VectorFlow): Promise<{ pin: FlowPin; name: string }> {
  const end = { kind: 'assign-human', agentIds: ['a'], teamIds: [], skipLastAiResponse: false, next: [] };
  const cards = withOwnIds(withEnds(flow.cards, end), account);
  const { summary, newest } = await createVector(account, { ...flow, cards });
  if (summary.live !== 1) {
    const errors = newest.problems.flatMap(({ severity, code }) => (severity === 'error' ? [code] : []));
    expectThat(errors.length > 0, 'a flow without errors is live at once (rule 11)', summary);
    throw new NotRun(`its flow cannot go live: ${show(errors)}`);
  }
  await account.select(summary.id);
  return { pin: { id: summary.id, version: 1 }, name: summary.name };
}

/** Returns cards with a copy of `end` after each open path. */
function withEnds(cards: Cards, end: Cards[string]): Cards {
  const ending = ['assign-human', 'assign-ai', 'jump'];
  return Object.fromEntries(
    Object.entries(cards).flatMap(([id, card]) =>
      card.next.length > 0 || ending.includes(card.kind)
        ? [[id, card]]
        : [
            [id, { ...card, next: [`end_of_${id}`] }],
            [`end_of_${id}`, end],
          ],
    ),
  );
}
