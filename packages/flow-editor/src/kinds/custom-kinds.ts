import {
  withAuthorKinds,
  type Card,
  type CustomAuthorKinds,
  type CustomRunKinds,
  type FlowTest,
  type Locale,
  type StepAuthorKind,
  type SummaryContext as AuthorContext,
  type TestAuthorKind,
} from '@alur/flow';
import type { EditorKind, EditorKinds, SummaryContext, SummaryRow } from './editor-kind.ts';
import { editorKinds } from './editor-kinds.ts';
import { plain } from './plain.ts';

/** Card kinds of the page. Their names begin with `x-`. A host accepts the same object as its module. */
export interface FlowKinds {
  /** How authors see them: name, fields, checks, summary. */
  author: CustomAuthorKinds;
  /** How the simulator runs them. Default: their steps are skipped and their tests do not match. */
  run?: CustomRunKinds;
}

/** Returns the built-in kinds with those of the page, with names in the language of the editor. */
export function withCustomKinds(custom: FlowKinds | undefined, locale: Locale): EditorKinds {
  if (!custom) return editorKinds;
  const { author, run = {} } = custom;
  return {
    steps: new Map([
      ...editorKinds.steps,
      ...(author.steps ?? []).map((kind) => [kind.kind, stepKind(kind, locale)] as const),
    ]),
    tests: new Map([
      ...editorKinds.tests,
      ...(author.tests ?? []).map((kind) => [kind.kind, testKind(kind, locale)] as const),
    ]),
    author: withAuthorKinds(author),
    run,
  };
}

function stepKind(author: StepAuthorKind, locale: Locale): EditorKind {
  const isEnd = author.role === 'end';
  return {
    kind: author.kind,
    tint: isEnd ? 'end' : 'action',
    icon: 'plug',
    name: author.name[locale],
    group: isEnd ? 'end' : 'custom',
    isClosing: isEnd,
    searchWords: Object.values(author.name).join(' '),
    summaryRows: (card, context, nameCard) => summarise(author, card, context, nameCard),
  };
}

function testKind(author: TestAuthorKind, locale: Locale): EditorKind<FlowTest> {
  return {
    kind: author.kind,
    tint: 'condition',
    icon: 'plug',
    name: author.name[locale],
    group: 'condition',
    searchWords: Object.values(author.name).join(' '),
    summaryRows: (test, context, nameCard) => summarise(author, test, context, nameCard),
  };
}

/** Returns the kind's own summary as a row. If it throws, the row says only that the kind is the page's. */
function summarise<Subject>(
  kind: { summary(subject: Subject, context: AuthorContext): string },
  subject: Subject,
  { flow, directory, strings }: SummaryContext,
  nameCard: (card: Card) => string,
): SummaryRow[] {
  const context: AuthorContext = {
    flow,
    locale: strings.locale,
    nameOf: (list, id) => directory?.[list].find((entry) => entry.id === id)?.name ?? id,
    cardName: (id) => (Object.hasOwn(flow.cards, id) ? nameCard(flow.cards[id]!) : id),
  };
  try {
    return [{ text: plain(kind.summary(subject, context)) }];
  } catch {
    return [{ text: strings.face.custom, tone: 'muted' }];
  }
}
