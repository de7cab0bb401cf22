/**
 * The host that is fuzzed: one account with objects of each kind, the tokens of its visitors and agents, and
 * tokens with hostile claims.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { createHost, importWorkspace, type Claims, type Host, type Workspace } from '@alur/host';
import { signToken } from '@alur/host/testing';
import { createCall, createRawVisitor } from '@alur/tooling/testing';
import type { Random } from '../simulation/random.ts';
import type { FuzzContext } from './requests.ts';
import { HOSTILE_TEXTS } from './values.ts';

const SIGNING_KEY = 'signing-key-of-the-contract-fuzz-of-32-letters';
const IDENTITY_KEY = 'identity-key-of-the-contract-fuzz-of-32-letters';
const API_KEY = 'api-key-of-the-contract-fuzz-of-32-letters';
const INBOX = 'inb_fuzz';
const VISITORS = 6;

const cards = {
  start: { kind: 'start', next: ['vip', 'rest'] },
  vip: {
    kind: 'condition',
    test: { kind: 'first-message-text', match: 'contains', keywords: ['vip'] },
    next: ['mark'],
  },
  rest: { kind: 'else', next: ['ask'] },
  mark: { kind: 'label', labelIds: ['lbl_vip'], next: ['team'] },
  team: { kind: 'assign-human', agentIds: [], teamIds: ['team_cs'], skipLastAiResponse: true, next: [] },
  ask: { kind: 'buttons', text: 'Halo {{visitor.name|kak}}!', next: ['order', 'typed'] },
  order: { kind: 'button', label: 'Pesanan', next: ['bot'] },
  typed: { kind: 'else', next: ['sari'] },
  bot: { kind: 'assign-ai', aiAgentId: 'ai_cs', agentIds: [], next: [] },
  sari: { kind: 'assign-human', agentIds: ['agt_sari'], teamIds: [], skipLastAiResponse: false, next: [] },
};

const flow = (id: string) => ({ format: 'alur.flow/2', id, name: id, timeZone: 'Asia/Jakarta', cards });

const workspace: Workspace = {
  account: {
    id: 'acc_fuzz',
    name: 'Fuzz',
    apiKeys: [API_KEY],
    signingKey: SIGNING_KEY,
    dashboardOrigins: ['https://dashboard.example'],
  },
  labels: [{ id: 'lbl_vip', name: 'VIP', color: '#b42318' }],
  agents: [
    { id: 'agt_budi', name: 'Budi' },
    { id: 'agt_sari', name: 'Sari' },
  ],
  teams: [{ id: 'team_cs', name: 'CS', agentIds: ['agt_budi'] }],
  aiAgents: [{ id: 'ai_cs', name: 'Alya', questions: [{ question: 'Ongkir?', answer: 'Rp9.000' }] }],
  flows: ['flow_a', 'flow_b', 'flow_c', 'flow_d'].map(flow),
  inboxes: [
    { id: INBOX, name: 'Web', type: 'web-livechat', flow: 'flow_a', identityKey: IDENTITY_KEY },
    { id: 'inb_other', name: 'WA', type: 'whatsapp' },
  ],
};

/** The host, its URL, and values for requests. */
export interface FuzzHost {
  host: Host;
  url: string;
  /** Errors that the host logged: none is expected. */
  errors: unknown[];
  /** Returns the values for request `number` to `operationId`. */
  contextFor(operationId: string, number: number, random: Random): Omit<FuzzContext, 'resolve'>;
  /** Records a successful response for later requests. */
  note(operationId: string, body: unknown): void;
}

interface FuzzVisitor {
  token: string;
  refreshToken: string;
  session: string;
  /** Sequence number of the last turn. */
  seq: number;
  cursor: string;
}

/** Starts a host in memory, or on `postgresUrl`, with visitors that have written a message. */
export async function startFuzzHost(postgresUrl?: string): Promise<FuzzHost> {
  const errors: unknown[] = [];
  const logger = {
    info() {},
    warn() {},
    error: (message: string, error: unknown) => errors.push(error ?? message),
  };
  const host = await createHost({ limits: false, logger, ...(postgresUrl !== undefined && { postgresUrl }) });
  await importWorkspace(host, workspace);
  const url = await host.listen(0, '127.0.0.1');
  const visitors: FuzzVisitor[] = [];
  for (let number = 0; number < VISITORS; number++) visitors.push(await beginVisitor(url, number));
  const { body } = await createCall(url)<{ items: { id: string }[] }>('/v1/conversations', {
    token: API_KEY,
  });
  const conversationIds = body.items.map(({ id }) => id);
  let current = visitors[0]!;
  const known: Record<string, readonly unknown[]> = {
    inboxId: [INBOX, INBOX, INBOX, INBOX, INBOX, INBOX, INBOX, 'inb_other', 'inb_missing'],
    flowId: ['flow_a', 'flow_a', 'flow_b', 'flow_c', 'flow_d', 'flow_missing'],
    version: [1, 2, 2_147_483_648],
    conversationId: [...conversationIds, 'con_missing'],
    attachmentId: ['att_missing'],
    labelId: ['lbl_vip'],
    agentId: ['agt_budi', 'agt_sari', 'agt_missing'],
    teamId: ['team_cs'],
    aiAgentId: ['ai_cs', 'ai_missing'],
    cardId: ['ask'],
    buttonId: ['order'],
    wait: [0],
    timeZone: ['Asia/Jakarta', 'Etc/GMT+12', 'Mars/Phobos'],
    'If-Match': ['"v1"', '"1"', '"v2"'],
  };
  return {
    host,
    url,
    errors,
    contextFor(operationId, number, random) {
      // Erasing uses the newest visitor, so that some always remain.
      current = operationId === 'eraseVisitor' ? visitors.at(-1)! : random.pick(visitors.slice(0, -1));
      const own: Record<string, readonly unknown[]> = {
        id: [`input_${number}`],
        session: [current.session],
        seq: [current.seq + 1],
        after: [current.cursor],
        'Last-Event-ID': [current.cursor],
        refreshToken: [current.refreshToken],
      };
      return {
        known: (name) => (name === 'identity' ? [identityToken(random)] : (own[name] ?? known[name] ?? [])),
        tokens: {
          visitor: [`Bearer ${current.token}`],
          dashboard: [API_KEY, API_KEY, agentToken('agt_budi'), agentToken('agt_sari')].map(
            (token) => `Bearer ${token}`,
          ),
          hostile: [hostileToken(random), hostileToken(random)].map((token) => `Bearer ${token}`),
        },
      };
    },
    note(operationId, body) {
      const { token, refreshToken, seq, session, cursor, id } = (body ?? {}) as FuzzVisitor & { id: string };
      if (operationId === 'submitTurn')
        Object.assign(current, { seq, session: (session as unknown as { id: string }).id, cursor });
      if (operationId === 'createVisitor')
        visitors.push({ token, refreshToken, session: `session_${visitors.length}`, seq: 0, cursor: '' });
      if (operationId === 'refreshVisitor') Object.assign(current, { token, refreshToken });
      if (operationId === 'uploadAttachment') known['attachmentId'] = [id, 'att_missing'];
    },
  };
}

async function beginVisitor(url: string, number: number): Promise<FuzzVisitor> {
  const visitor = await createRawVisitor(url, { inboxId: INBOX });
  const { token, refreshToken } = visitor;
  const session = `session_${number}`;
  const turn = visitor.message(number % 2 ? 'vip' : 'halo', { id: `input_${number}`, session });
  const { status, body } = await visitor.post(turn);
  assert.equal(status, 200, JSON.stringify(body));
  return { token, refreshToken, session, cursor: body.cursor, seq: 1 };
}

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

function agentToken(sub: string): string {
  return signToken({ iss: 'acc_fuzz', sub, roles: ['admin', 'agent'], exp: inSeconds(1_800) }, SIGNING_KEY);
}

/** Returns correctly signed claims of a site's backend about its visitor. */
function identityToken(random: Random): string {
  const text = (): string => (random.chance(0.5) ? random.pick(HOSTILE_TEXTS) : `text ${random.below(20)}`);
  const claims: Claims = { sub: text(), exp: inSeconds(600) };
  for (const name of ['name', 'email', 'phone', 'aud', 'nbf', 'iat', '__proto__'])
    if (random.chance(0.3)) Object.assign(claims, { [name]: random.chance(0.2) ? random.below(9) : text() });
  return signToken(claims, IDENTITY_KEY);
}

/** Returns a dashboard token with unusual claims, or text that is not a token. */
function hostileToken(random: Random): string {
  const text = random.pick(HOSTILE_TEXTS);
  const key = random.chance(0.7) ? SIGNING_KEY : 'x'.repeat(32);
  return random.pick<() => string>([
    () => signToken({ iss: text, sub: 'agt_budi', roles: ['admin'], exp: inSeconds(600) }, key),
    () => signToken({ iss: 'acc_fuzz', sub: text, roles: ['admin', 'agent'], exp: inSeconds(600) }, key),
    () => signToken({ iss: 'acc_fuzz', sub: 'agt_budi', roles: text as never, exp: inSeconds(600) }, key),
    () => signToken({ iss: 'acc_fuzz', sub: 'agt_budi', exp: Number.MAX_SAFE_INTEGER }, key),
    () => signToken({ iss: 'acc_fuzz', sub: 'agt_budi', exp: text as never }, key),
    () => 'a.b.c',
    () => '..',
    () => 'e30.e30.e30',
    () => 'x'.repeat(3_000),
  ])();
}
