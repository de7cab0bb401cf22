import type { Flow, Problem, checkFlow } from '@alur/flow';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { FlowDirectory } from '../../directory.ts';
import type { EditorStore } from '../../store/editor-store.ts';
import type { CheckState } from '../flow-toolbar/flow-toolbar.ts';
import type { ShownProblem } from '../problem-text.ts';

/** Delay of the check after the last change, in milliseconds. */
const PAUSE_MS = 180;

/** Codes of problems about missing values, not about wrong ones. */
const MISSING = new Set(['empty-field', 'nothing-chosen', 'no-button', 'unfinished-path']);

/** What the controller needs of the editor. */
export interface CheckHost extends ReactiveControllerHost {
  readonly store: EditorStore;
  readonly directory: FlowDirectory | null;
  readonly channel: 'web-livechat' | 'whatsapp' | undefined;
  /** Problems that the host found. */
  readonly problems: Problem[] | null;
}

/**
 * Checks the document after each change. Waits for a pause, so that loading and key presses stay fast. Shows
 * the host's problems too, until their card changes.
 */
export class CheckController implements ReactiveController {
  /** Shown problems by card. An array keeps its identity while its problems do not change. */
  byCard: ReadonlyMap<string, ShownProblem[]> = new Map();

  /** Cards that were added since the flow was opened, until a save is attempted. */
  readonly #newCards = new Set<string>();
  /** New cards with a field that lost the focus. */
  readonly #touched = new Set<string>();

  /** Id of the last checked flow. */
  #checkedId: string | null = null;
  readonly #host: CheckHost;
  readonly #check: typeof checkFlow;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #checked: unknown[] = [];
  /** Null means no problems. */
  #hostProblems: Problem[] | null = [];
  /** Problems of the last check. */
  #found: Problem[] = [];
  #seenFlow: Flow | null = null;
  /** Document at the time when the host's problems were set. */
  #hostProblemsFor: Flow | null = null;

  constructor(host: CheckHost, check: typeof checkFlow) {
    this.#host = host;
    this.#check = check;
    host.addController(this);
  }

  hostUpdate(): void {
    const flow = this.#host.store.$flow.get();
    if (!flow || flow === this.#seenFlow) return;
    this.#trackNewCards(this.#seenFlow, flow);
    this.#seenFlow = flow;
    const open = this.#found.filter((problem) => !isFilledIn(problem, flow));
    if (open.length < this.#found.length) this.#setProblems(open);
  }

  /** Result of the last check. Missing values of new cards do not make a flow faulty. */
  get state(): CheckState {
    if (this.#checkedId !== this.#host.store.$flow.get()?.id) return 'unchecked';
    const isFaulty = this.#found.some(
      (problem) => problem.severity === 'error' && !this.#isDeferred(problem),
    );
    return isFaulty ? 'faulty' : 'good';
  }

  /** Records that a field of a card lost the focus. Missing values of the card count from now on. */
  touch(cardId: string): void {
    if (!this.#newCards.has(cardId) || this.#touched.has(cardId)) return;
    this.#touched.add(cardId);
    if (this.byCard.has(cardId)) this.#show();
  }

  /** Records an attempt to save. All problems count from now on. */
  touchAll(): void {
    if (this.#newCards.size === 0) return;
    this.#newCards.clear();
    this.#touched.clear();
    this.#show();
  }

  hostUpdated(): void {
    const { store, directory, channel, problems } = this.#host;
    const flow = store.$flow.get();
    if (problems !== this.#hostProblems) {
      this.#hostProblems = problems;
      this.#hostProblemsFor = flow;
    }
    const wanted = [flow, directory, channel, problems, store.kinds];
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
      kinds: store.kinds.author,
    });
    const known = new Set(found.map(identify));
    const hostProblems = (this.#hostProblems ?? []).filter(
      (problem) => !known.has(identify(problem)) && this.#stillHolds(problem, flow),
    );
    this.#checkedId = flow.id;
    this.#setProblems([...found, ...hostProblems]);
  }

  #setProblems(problems: Problem[]): void {
    this.#found = problems;
    this.#host.store.$problems.set(problems);
    this.#show();
  }

  #show(): void {
    const shown = this.#found.map((problem): ShownProblem =>
      this.#isDeferred(problem) ? { ...problem, severity: 'warning', isDeferred: true } : problem,
    );
    this.byCard = groupByCard(shown, this.byCard);
    this.#host.requestUpdate();
  }

  #isDeferred({ code, cardId = '' }: Problem): boolean {
    if (!MISSING.has(code) || !this.#newCards.has(cardId)) return false;
    // An unfinished path below a card is independent of its fields.
    return code === 'unfinished-path' || !this.#touched.has(cardId);
  }

  #trackNewCards(before: Flow | null, flow: Flow): void {
    if (before?.id !== flow.id) {
      this.#newCards.clear();
      this.#touched.clear();
      const ids = Object.keys(flow.cards);
      // A flow with only a start card is new.
      if (ids.length === 1) this.#newCards.add(ids[0]!);
      return;
    }
    for (const id of Object.keys(flow.cards)) if (!Object.hasOwn(before.cards, id)) this.#newCards.add(id);
  }

  #stillHolds({ cardId }: Problem, flow: Flow): boolean {
    return cardId === undefined
      ? flow === this.#hostProblemsFor
      : flow.cards[cardId] === this.#hostProblemsFor?.cards[cardId];
  }
}

/**
 * Returns whether a missing value is filled in now. Such a problem is removed without waiting for the check.
 */
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
