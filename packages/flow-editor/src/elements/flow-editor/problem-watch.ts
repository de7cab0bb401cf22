import type { Flow, Problem, checkFlow } from '@alur/flow';
import type { ReactiveController } from 'lit';
import type { ShownProblem } from '../problem-text.ts';
import type { FlowEditor } from './flow-editor.ts';

/** How long after the last change the flow is checked, in milliseconds. */
const PAUSE_MS = 180;

/** What says that something is missing, not that something is wrong. */
const MISSING = new Set(['empty-field', 'nothing-chosen', 'no-button', 'unfinished-path']);

/**
 * Keeps the editor's problems in step with the document: checked after a pause, never while a flow is being
 * loaded or a key pressed. The host's problems are shown with them as long as the card they are about has not
 * changed.
 */
export class ProblemWatch implements ReactiveController {
  /**
   * The problems of each card that has any, as they are shown. The arrays stay the same while nothing in them
   * changes.
   */
  byCard: ReadonlyMap<string, ShownProblem[]> = new Map();

  /** The cards that were added since the flow was opened and not saved or tried to be. */
  readonly #fresh = new Set<string>();
  /** Those among them of which a field was left once. */
  readonly #touched = new Set<string>();

  /** The flow that the last check was about. */
  #checkedId: string | null = null;
  readonly #host: FlowEditor;
  readonly #check: typeof checkFlow;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #checked: unknown[] = [];
  /** A page may well set null for "none". */
  #hostProblems: Problem[] | null = [];
  /** What the last check found. */
  #found: Problem[] = [];
  #seenFlow: Flow | null = null;
  /** The document as it was when the host told its problems. */
  #toldFor: Flow | null = null;

  constructor(host: FlowEditor, check: typeof checkFlow) {
    this.#host = host;
    this.#check = check;
    host.addController(this);
  }

  /** Whether this flow was checked since it was opened: before, nobody knows whether it has problems. */
  get isDone(): boolean {
    return this.#checkedId === this.#host.store.$flow.get()?.id;
  }

  hostUpdate(): void {
    const flow = this.#host.store.$flow.get();
    if (!flow || flow === this.#seenFlow) return;
    this.#noteFresh(this.#seenFlow, flow);
    this.#seenFlow = flow;
    const open = this.#found.filter((problem) => !isFilledIn(problem, flow));
    if (open.length < this.#found.length) this.#tell(open);
  }

  /** Whether there is an error that is more than something the person has not come to yet. */
  get isFaulty(): boolean {
    return this.#found.some((problem) => problem.severity === 'error' && !this.#isCalm(problem));
  }

  /** A field of a card was left: what is missing in it is missing. */
  touch(cardId: string): void {
    if (!this.#fresh.has(cardId) || this.#touched.has(cardId)) return;
    this.#touched.add(cardId);
    if (this.byCard.has(cardId)) this.#show();
  }

  /** The flow should be saved: everything counts. */
  touchAll(): void {
    if (this.#fresh.size === 0) return;
    this.#fresh.clear();
    this.#touched.clear();
    this.#show();
  }

  hostUpdated(): void {
    const { store, directory, channel, problems } = this.#host;
    const flow = store.$flow.get();
    if (problems !== this.#hostProblems) {
      this.#hostProblems = problems;
      this.#toldFor = flow;
    }
    const wanted = [flow, directory, channel, problems];
    if (wanted.every((part, i) => part === this.#checked[i])) return;
    this.#checked = wanted;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#run(), PAUSE_MS);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#checked = [];
  }

  #run(): void {
    const { store, directory, channel } = this.#host;
    const flow = store.$flow.get();
    if (!flow) return;
    const found = this.#check(flow, {
      ...(channel === 'whatsapp' ? { channel: 'whatsapp' } : {}),
      ...(directory ? { directory } : {}),
    });
    const known = new Set(found.map(identify));
    const told = (this.#hostProblems ?? []).filter(
      (problem) => !known.has(identify(problem)) && this.#stillHolds(problem, flow),
    );
    this.#checkedId = flow.id;
    this.#tell([...found, ...told]);
  }

  #tell(problems: Problem[]): void {
    this.#found = problems;
    this.#host.store.$problems.set(problems);
    this.#show();
  }

  #show(): void {
    const shown = this.#found.map((problem): ShownProblem =>
      this.#isCalm(problem) ? { ...problem, severity: 'warning', isCalm: true } : problem,
    );
    this.byCard = groupByCard(shown, this.byCard);
    this.#host.requestUpdate();
  }

  #isCalm({ code, cardId = '' }: Problem): boolean {
    if (!MISSING.has(code) || !this.#fresh.has(cardId)) return false;
    // What comes below a card is another matter than what is in it.
    return code === 'unfinished-path' || !this.#touched.has(cardId);
  }

  #noteFresh(before: Flow | null, flow: Flow): void {
    if (before?.id !== flow.id) {
      this.#fresh.clear();
      this.#touched.clear();
      const ids = Object.keys(flow.cards);
      // A flow with nothing but its start was just made.
      if (ids.length === 1) this.#fresh.add(ids[0]!);
      return;
    }
    for (const id of Object.keys(flow.cards)) if (!Object.hasOwn(before.cards, id)) this.#fresh.add(id);
  }

  #stillHolds({ cardId }: Problem, flow: Flow): boolean {
    return cardId === undefined
      ? flow === this.#toldFor
      : flow.cards[cardId] === this.#toldFor?.cards[cardId];
  }
}

/** Whether something was missing that is there now: that is plain at once and waits for no check. */
function isFilledIn({ code, path }: Problem, flow: Flow): boolean {
  if (code !== 'nothing-chosen' && code !== 'empty-field') return false;
  let value: unknown = flow;
  for (const step of path?.split('/').slice(1) ?? []) {
    value = (value as Record<string, unknown> | null | undefined)?.[step];
  }
  return Array.isArray(value) || typeof value === 'string' ? value.length > 0 : false;
}

function identify({ code, cardId, path }: Problem): string {
  return `${code} ${cardId ?? ''} ${path ?? ''}`;
}

function groupByCard(
  problems: ShownProblem[],
  before: ReadonlyMap<string, ShownProblem[]>,
): ReadonlyMap<string, ShownProblem[]> {
  const groups = new Map<string, ShownProblem[]>();
  for (const problem of problems) {
    if (problem.cardId === undefined) continue;
    const group = groups.get(problem.cardId);
    if (group) group.push(problem);
    else groups.set(problem.cardId, [problem]);
  }
  for (const [cardId, group] of groups) {
    const old = before.get(cardId);
    if (old && JSON.stringify(old) === JSON.stringify(group)) groups.set(cardId, old);
  }
  return groups;
}
