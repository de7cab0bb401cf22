import assert from 'node:assert/strict';
import { uniqueId, type PublicEffect, type Turn, type TurnResult } from '@alur/client';
import { advance, compileFlow, publicEffect, startRun, type Flow, type FlowRun } from '@alur/flow';
import { seededPick, type Pick } from '@alur/flow/testing';
import type { Harness } from '../harness/harness.ts';
import { createRawVisitor, type RawVisitor } from '@alur/tooling/testing';
import { faultFlow, FLOW, INBOX } from '../harness/workspace.ts';
import { count as said, type Row } from '../row.ts';

const SEED = 20_261_122;
/** Number of parallel forgers, and number of turns of each. */
const CROWD = 25;
const TURNS_EACH = 40;
const FORGED = 'DIPALSUKAN';

const flow = compileFlow(faultFlow() as Flow);

/** Effects that a forger can want. */
const FORGED_EFFECTS: PublicEffect[] = [
  { kind: 'send-message', cardId: 'hello', text: FORGED },
  { kind: 'send-buttons', cardId: 'ask', text: FORGED, buttons: [{ id: 'order', label: FORGED }] },
  { kind: 'label', cardId: 'mark' },
  { kind: 'collaborator', cardId: 'team' },
  { kind: 'assign-human', cardId: 'team', skipAiReplyTo: null },
  { kind: 'assign-ai', cardId: 'team' },
  { kind: 'end', cardId: 'team', reason: 'assigned' },
];
const WORDS = [
  'vip',
  'halo',
  'Pesanan',
  '2',
  'apa saja',
  ' ok ',
  'VIP '.repeat(50),
  '{{visitor.name}}',
  '__proto__',
];
const CARDS = ['ask', 'team', 'mark', 'start', 'gone', 'constructor', '__proto__'];
const BUTTONS = ['order', 'other', 'typed', 'gone', 'constructor', 'toString'];

/** A forger with an honest run, which has the expected result of each turn. */
interface Forger {
  visitor: RawVisitor;
  run: FlowRun | null;
  isResolved: boolean;
  labels: Set<string>;
  verdicts: string[];
  said: string[];
  bots: string[];
}

const one = <T>(pick: Pick, list: readonly T[]): T => list[pick(list.length)]!;

/** Returns a turn with a wrong claim, version, number, session or step, or a correct one. */
function forge({ visitor, run }: Forger, pick: Pick, version: number): Turn {
  const turn =
    pick(3) === 0 ? visitor.press(one(pick, CARDS), one(pick, BUTTONS)) : visitor.message(one(pick, WORDS));
  const facts = pick(4) === 0 ? { visitor: { name: `${FORGED} ${pick(9)}` } } : undefined;
  const honest = advance(flow, run ?? startRun(facts), turn.input).effects.map(
    publicEffect,
  ) as PublicEffect[];
  const claims: (PublicEffect[] | undefined)[] = [
    honest,
    undefined,
    [],
    [...honest, one(pick, FORGED_EFFECTS)],
    honest.slice(1),
    honest.toReversed(),
    FORGED_EFFECTS.slice(pick(FORGED_EFFECTS.length)),
  ];
  const pins: Turn['flow'][] = [
    { id: FLOW, version },
    { id: FLOW, version: version + 1 + pick(100) },
    { id: 'flow_clock', version: 1 },
    { id: 'flow_of_somebody_else', version: 1 },
    null,
  ];
  const effects = one(pick, claims);
  return {
    ...turn,
    seq: pick(5) === 0 ? 1 + pick(visitor.seq + 1) : turn.seq,
    ...(effects && { effects }),
    ...(pick(2) === 0 && { flow: one(pick, pins) }),
    ...(facts && { facts }),
    ...(pick(4) === 0 && { session: uniqueId() }),
    ...(pick(5) === 0 && { sentAt: new Date(pick(2_000_000_000) * 1000).toISOString() }),
  };
}

/** Compares the host's result with the honest run, and advances that run. */
function compareResult(forger: Forger, turn: Turn, result: TurnResult): void {
  const { input } = turn;
  const isIgnored = forger.isResolved && input.kind === 'press';
  if (!forger.run || (forger.isResolved && !isIgnored)) forger.run = startRun(result.run.facts);
  const step = isIgnored
    ? { run: forger.run, effects: [] }
    : advance(flow, forger.run, { ...input, at: result.usedAt });
  const effects = step.effects.map(publicEffect) as PublicEffect[];
  assert.deepEqual(result.effects, effects, 'what the host made true is what the flow says');
  forger.run = step.run;
  if (!isIgnored) forger.isResolved = false;
  for (const effect of step.effects) {
    if (effect.kind === 'label') effect.labelIds.forEach((id) => forger.labels.add(id));
    if (effect.kind === 'send-message' || effect.kind === 'send-buttons') forger.bots.push(effect.text);
  }
  forger.verdicts.push(result.verdict);
  if (input.kind === 'message') forger.said.push(input.text);
}

async function beForger(harness: Harness, pick: Pick, version: number): Promise<Forger> {
  const visitor = await createRawVisitor(harness.host.url, { inboxId: INBOX });
  const forger: Forger = {
    visitor,
    run: null,
    isResolved: false,
    labels: new Set(),
    verdicts: [],
    said: [],
    bots: [],
  };
  let conversationId = '';
  for (let number = 1; number <= TURNS_EACH; number++) {
    const turn = forge(forger, pick, version);
    const { status, body } = await visitor.post(turn);
    assert.equal(status, 200, `no input is dropped for its claim: ${JSON.stringify(body)}`);
    assert.equal(body.seq, number, 'every input counts once');
    compareResult(forger, turn, body);
    if (pick(20) === 0 && !forger.isResolved) {
      conversationId ||= await harness.conversationOf(visitor.token);
      await harness.desk.resolve(conversationId);
      forger.isResolved = true;
    }
  }
  return forger;
}

/** Checks that the stored state is that of the honest run. */
async function checkStored(
  harness: Harness,
  { visitor, verdicts, labels, said: words, bots }: Forger,
): Promise<void> {
  const id = await harness.conversationOf(visitor.token);
  assert.deepEqual(await harness.verdicts(id), verdicts, 'every verdict is in the log');
  const { labelIds, collaborators } = await harness.desk.getConversation(id);
  assert.deepEqual(labelIds.toSorted(), [...labels].sort(), 'labels');
  assert.deepEqual(
    collaborators.agentIds.filter((agent) => agent !== 'agt_budi' && agent !== 'agt_sari'),
    [],
  );
  const { messages, more } = await visitor.view();
  assert.equal(more, false);
  assert.deepEqual(
    messages.filter(({ author, pressed }) => author.kind === 'visitor' && !pressed).map(({ text }) => text),
    words,
    'every message is kept',
  );
  assert.deepEqual(
    messages.filter(({ author }) => author.kind === 'bot').map(({ text }) => text),
    bots,
    'the flow said what it says, and nothing else',
  );
}

export const forged: Row = {
  number: 33,
  fault: 'Forged effects, skipped steps, foreign versions',
  expected: 'the host’s result is valid, the difference is logged, the input is stored',
  pass: '0 forged effects stored',
  elsewhere: [
    {
      file: 'packages/host/src/operations/turns.test.ts',
      test: 'a forged claim changes nothing that is stored',
    },
  ],
  trials: [
    {
      with: 'requests',
      counts: { shrunk: 200, full: 100_000 },
      unit: 'random turns',
      async run(harness, count) {
        const { version } = (await harness.desk.getFlow(FLOW)).newest;
        const forgers = Math.ceil(count / TURNS_EACH);
        const verdicts: Record<string, number> = {};
        let next = 0;
        const work = async () => {
          for (let number = next++; number < forgers; number = next++) {
            const forger = await beForger(harness, seededPick(SEED + number), version).catch(
              (error: unknown) => {
                throw new Error(`Forger ${number} of seed ${SEED}`, { cause: error });
              },
            );
            await checkStored(harness, forger);
            for (const verdict of forger.verdicts) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
          }
        };
        await Promise.all(Array.from({ length: Math.min(CROWD, forgers) }, work));
        const total = Object.entries(verdicts).map(([verdict, times]) => `${said(times)} ${verdict}`);
        assert.ok((verdicts['corrected'] ?? 0) > count / 4, 'there were forgeries');
        return `${said(forgers * TURNS_EACH)} turns (${total.join(', ')}): 0 forged effects stored, 0 inputs lost`;
      },
    },
  ],
};
