import type { ButtonCard, Card, FlowTest, VisitorInput } from '../document/flow.ts';
import type { AuthorKinds } from '../kinds/author-kind.ts';
import { authorKinds } from '../kinds/author-kinds.ts';
import { advanceRecorded, momentOf } from './advance.ts';
import type { CompiledFlow } from './compile.ts';
import { isSameAnswer } from './find-answer.ts';
import { normalize } from './normalize.ts';
import type { Advance, FlowRun, TraceEntry, Why } from './run-types.ts';

/**
 * Runs `advance` and returns its trace too: each entered card, and, for each branch of every fork and
 * `buttons` card on the path, whether it matched, did not match (both with the reason) or was not evaluated.
 */
export function explain(
  flow: CompiledFlow,
  run: FlowRun,
  input: VisitorInput,
  options: { kinds?: AuthorKinds } = {},
): Advance & { trace: TraceEntry[] } {
  const kinds = options.kinds ?? authorKinds;
  const trace: TraceEntry[] = [];
  const moment = momentOf(run?.first ?? (input?.kind === 'message' ? input : null), run?.facts);

  const answer = advanceRecorded(flow, run, input, {
    entered(cardId) {
      const card = flow.tools.card(cardId)!;
      // A branch already has an entry from the choice.
      if (!isBranch(card)) trace.push(entry(cardId, 'entered', enteredWhy(card)));
    },
    chose(parentId, childId) {
      const parent = flow.tools.card(parentId)!;
      const place = parent.next.indexOf(childId);
      for (const [index, id] of parent.next.entries()) {
        const card = flow.tools.card(id);
        if (!card) continue;
        const outcome =
          index === place ? 'matched' : index < place && !wasPressed(card) ? 'not-matched' : 'not-asked';
        trace.push(entry(id, outcome, outcome === 'not-asked' ? undefined : branchWhy(card, outcome)));
      }
    },
  });
  return { ...answer, trace };

  function wasPressed(card: Card): boolean {
    return card.kind === 'button' && input.kind === 'press';
  }

  function enteredWhy(card: Card): Why | undefined {
    if (card.kind === 'jump') return { code: 'jump', to: card.to };
    if (card.kind !== 'start' && !flow.kinds.steps.has(card.kind))
      return { code: 'unknown-kind', kind: card.kind };
    return undefined;
  }

  function branchWhy(card: Card, outcome: 'matched' | 'not-matched'): Why {
    if (card.kind === 'condition') return testWhy(card.test);
    if (card.kind === 'else') return { code: 'else' };
    if (input.kind === 'press') return { code: 'pressed' };
    const { text } = momentOf(input, run.facts);
    if (outcome === 'not-matched') return { code: 'typed-other', text };
    return {
      code:
        card.kind === 'button' && labelsOf(card).some((label) => isSameAnswer(normalize(label), text))
          ? 'typed-label'
          : 'typed-number',
      text,
    };
  }

  function testWhy(test: FlowTest | null): Why {
    if (!test) return { code: 'unset-test' };
    if (!flow.kinds.tests.has(test.kind)) return { code: 'unknown-kind', kind: test.kind };
    const unexplained: Why = { code: 'x-unexplained', kind: test.kind };
    try {
      return kinds.tests.get(test.kind)?.why?.(test, moment, flow.tools) ?? unexplained;
    } catch {
      // If a custom `why` throws, the result stays valid without a reason.
      return unexplained;
    }
  }
}

/** Returns the labels of a button in all languages. */
function labelsOf({ label, labels }: ButtonCard): string[] {
  return [label, ...Object.values(labels ?? {})];
}

function isBranch({ kind }: Card): boolean {
  return kind === 'condition' || kind === 'else' || kind === 'button';
}

function entry(cardId: string, outcome: TraceEntry['outcome'], why: Why | undefined): TraceEntry {
  return why ? { cardId, outcome, why } : { cardId, outcome };
}
