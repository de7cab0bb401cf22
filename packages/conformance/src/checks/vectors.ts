/**
 * The flow vectors, replayed over the API: each has a flow, inputs and expected results. A host that passes
 * evaluates flows as the widget does.
 *
 * @module
 */
import { readdir, readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { isBlank } from '@alur/flow';
import type { FlowDetail, ProblemDetails } from '@alur/protocol';
import type { Account, Cards } from '../kit/account.ts';
import { check, type Check } from '../kit/check.ts';
import { expectEqual, expectProblem, expectStatus, expectThat, NotRun, show } from '../kit/expect.ts';
import { keepFile, PICTURE, takesFiles } from '../kit/files.ts';
import { uuid7 } from '../kit/ids.ts';
import { withOwnIds } from '../kit/own-ids.ts';
import type { Visitor } from '../kit/visitor.ts';
import { documentVectorChecks, type DocumentVectors } from './document-vectors.ts';

interface Effect {
  kind: string;
  cardId: string;
  [field: string]: unknown;
}

interface Case {
  id: string;
  rule: number;
  because: string;
  flow: { cards: Cards; timeZone?: string };
  facts?: { visitor?: object; inbox?: { name?: string } };
  steps: {
    input: { kind: string; id: string; [field: string]: unknown };
    effects: Effect[];
    run: {
      status: string;
      waitingAt: string | null;
      first: { id: string; text: string } | null;
      facts: Case['facts'];
      endReason?: string;
    };
  }[];
}

interface Document {
  id: string;
  because: string;
  document: unknown;
  refused: string[];
}

interface Migration {
  id: string;
  because: string;
  document: object;
  migrated: object;
}

interface VectorFile extends DocumentVectors {
  format: string;
  migrations?: Migration[];
  cases?: Case[];
  documents?: Document[];
}

/** The folder of vectors in `@alur/flow`. */
const OWN_VECTORS = new URL('../vectors/', import.meta.resolve('@alur/flow'));

/** Returns one check for each vector in a folder. Ignores files of another format. */
export async function vectorChecks(folder?: string): Promise<Check[]> {
  const from = folder ? new URL(`${pathToFileURL(folder).href.replace(/\/$/, '')}/`) : OWN_VECTORS;
  const names = (await readdir(from)).filter((name) => name.endsWith('.json')).toSorted();
  const checks: Check[] = [];
  for (const name of names) {
    const file = JSON.parse(await readFile(new URL(name, from), 'utf8')) as VectorFile;
    if (file.format !== 'alur.flow-vectors/1') continue;
    const group = `vectors/${name.replace(/\.json$/, '')}`;
    const timed = file.cases?.filter((one) => readsTime(one.flow.cards)) ?? [];
    for (const one of file.cases ?? []) if (!timed.includes(one)) checks.push(caseCheck(group, one));
    for (const one of file.documents ?? []) checks.push(documentCheck(group, one));
    for (const one of file.migrations ?? []) checks.push(migrationCheck(group, one));
    checks.push(...documentVectorChecks(group, file));
    if (timed.length > 0)
      checks.push(
        check(`${group}/timed`, 'rule 4', `${timed.length} cases that name a time of day`, async () => {
          throw new NotRun(
            'a host uses its own clock; see time/first-message-time for what can be seen from outside',
          );
        }),
      );
  }
  return checks;
}

function caseCheck(group: string, { id, rule, because, flow, facts, steps }: Case): Check {
  return check(`${group}/${id}`, `rule ${rule}`, because, async (kit) => {
    const { account } = kit;
    if (facts && kit.host.contract.schemaErrors('Facts', facts).length > 0)
      throw new NotRun('facts that no turn can carry');
    if (steps.some(({ input }) => isBlankMessage(input)))
      throw new NotRun('a message that every host refuses');
    const pin = await serveVector(account, flow);
    // The host has its own name of the inbox.
    if (facts?.inbox?.name) await account.rename(facts.inbox.name);
    const visitor = await kit.visitor();
    const ids = new Map<string, string>();
    const hasAi = account.aiAgents.length > 0;
    for (const [index, step] of steps.entries()) {
      const turnId = uuid7();
      ids.set(step.input.id, turnId);
      const effects = step.effects.map((effect) => asVisitor(effect, ids, hasAi));
      const result = await visitor.take({
        ...visitor.message('', { id: turnId }),
        input: {
          ...(await withOwnFiles(visitor, step.input)),
          id: turnId,
          at: new Date().toISOString(),
        },
        flow: pin,
        effects,
        ...(facts && index === 0 && { facts }),
      });
      const where = `step ${index + 1}`;
      expectEqual(result.effects, effects, `${where}: effects`);
      const { status, waitingAt, endReason, first } = result.run;
      expectEqual(
        { status, waitingAt, endReason, first: first && { id: first.id, text: first.text } },
        {
          status: step.run.status,
          waitingAt: step.run.waitingAt,
          endReason: step.run.endReason,
          first: step.run.first && { id: ids.get(step.run.first.id), text: step.run.first.text },
        },
        `${where}: run`,
      );
      expectEqual(
        filled(result.run.facts.visitor),
        filled(step.run.facts?.visitor),
        `${where}: facts.visitor`,
      );
      expectEqual(result.verdict, 'equal', `${where}: verdict of a right claim`);
    }
  });
}

/** Whether a message has no visible text and no file. A turn with it is 400. */
function isBlankMessage({ kind, text, attachments }: Case['steps'][number]['input']): boolean {
  return kind === 'message' && isBlank(String(text ?? '')) && !(attachments as unknown[] | undefined)?.length;
}

/**
 * Returns an input with the visitor's own files, or without files on a host that accepts none. No flow reads
 * files.
 */
async function withOwnFiles(
  visitor: Visitor,
  input: Case['steps'][number]['input'],
): Promise<Case['steps'][number]['input']> {
  const { attachments, ...rest } = input as typeof input & { attachments?: unknown[] };
  if (!attachments || !(await takesFiles(visitor))) return rest;
  const own = [];
  for (const _ of attachments) own.push({ id: (await keepFile(visitor, PICTURE)).id });
  return { ...rest, attachments: own };
}

function documentCheck(group: string, { id, because, document, refused }: Document): Check {
  return check(`${group}/${id}`, 'createFlow', because, async ({ host, account }) => {
    const name = (document as { name?: unknown } | null)?.name;
    const body = {
      name: typeof name === 'string' && name.trim() ? name : 'Conformance: vector',
      flow: document,
    };
    const answer = await host.call('createFlow', { body });
    if (answer.status === 201) account.remember(answer.body as FlowDetail);
    if (refused.length === 0) {
      expectStatus(answer, 201, 'createFlow');
      const { newest } = answer.body as FlowDetail;
      // In the older documents only the name of the format needs migration.
      expectKept(newest.flow, document as object, { ...(document as object), format: newest.flow.format });
    } else if (host.contract.schemaErrors('Flow', document).length > 0) {
      // Wrong by the contract's own schema: either validation may refuse it.
      expectProblem(answer, [400, 422], ['invalid_request', 'flow_invalid'], 'createFlow');
    } else {
      expectProblem(answer, 422, 'flow_invalid', 'createFlow');
      // The vectors' README leaves the codes of a refusal to the host. It has to return at least one problem.
      const { problems = [] } = answer.body as ProblemDetails;
      expectThat(problems.length > 0, '`problems` names what is wrong', problems);
    }
  });
}

function migrationCheck(group: string, { id, because, document, migrated }: Migration): Check {
  return check(`${group}/${id}`, 'createFlow', because, async ({ host, account }) => {
    const answer = await host.call('createFlow', { body: { name: 'Vector', flow: document } });
    expectStatus(answer, 201, 'createFlow');
    account.remember(answer.body as FlowDetail);
    expectKept((answer.body as FlowDetail).newest.flow, document, migrated);
  });
}

/** Checks the stored document. A host may keep an older format, or migrate it when it is saved. */
function expectKept(flow: object, document: object, migrated: object): void {
  const formatOf = (value: { format?: unknown }) => value.format;
  const wanted = formatOf(flow) === formatOf(document) ? document : migrated;
  // The host assigns the id.
  const anyId = (value: object) => ({ ...value, id: '' });
  expectEqual(anyId(flow), anyId(wanted), 'the document, kept as it is or migrated');
}

/** Makes the inbox serve the vector's flow, with the account's own ids in place of the vector's. */
async function serveVector(account: Account, flow: Case['flow']): Promise<{ id: string; version: number }> {
  const cards = withOwnIds(flow.cards, account);
  // A name that never resolves: a test must not call a server.
  for (const card of Object.values(cards))
    if (typeof card['url'] === 'string') card['url'] = 'https://webhook.invalid/vector';
  const { timeZone } = flow;
  const served = await account.tryToServe(cards, timeZone === undefined ? {} : { timeZone });
  if (!('draft' in served)) return served;
  throw new NotRun(`its flow cannot go live: ${show(served.draft)}`);
}

/** Returns the public form of an effect, with the turn's own ids. */
function asVisitor(
  effect: Effect,
  ids: Map<string, string>,
  hasAi: boolean,
): Effect & Record<string, unknown> {
  const { kind, cardId } = effect;
  switch (kind) {
    case 'send-message':
    case 'send-buttons':
    case 'end':
      return effect;
    case 'assign-human':
      return { kind, cardId, skipAiReplyTo: ids.get(String(effect['skipAiReplyTo'])) ?? null };
    case 'assign-ai':
      return hasAi ? { kind, cardId } : { kind: 'assign-human', cardId, skipAiReplyTo: null };
    default:
      return { kind, cardId };
  }
}

/** Whether any branch tests the time. */
function readsTime(cards: Cards): boolean {
  return Object.values(cards).some(
    (card) => (card['test'] as { kind?: string } | null)?.kind === 'first-message-time',
  );
}

/**
 * Returns facts without empty values. To a template, an empty fact and a missing one are the same, and a host
 * may keep either.
 */
function filled(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value === '' ? undefined : value;
  const kept = Object.entries(value).flatMap(([name, inner]) => {
    const full = filled(inner);
    return full === undefined ? [] : [[name, full]];
  });
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}
