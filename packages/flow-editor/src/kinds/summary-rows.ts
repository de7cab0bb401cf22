import type { Card, Flow, FlowTest, TimeTest, TimeWindow } from '@alur/flow';
import { countKeywordRows, countTextRows, countWindowRows } from '../layout/card-size.ts';
import type { FlowDirectory } from '../directory.ts';
import type { Strings } from '../strings/strings.ts';
import { appearanceOfCard } from './appearance.ts';
import { showClock } from './show-clock.ts';
import { quote } from './quote.ts';

/** Row of a card's body. `unset` marks a value that the author must choose. */
export interface SummaryRow {
  text: string;
  tone?: 'muted' | 'strong' | 'unset';
  /** Number of lines, 1 by default. */
  span?: 1 | 2;
  /** Colors of dots before the text, for labels. */
  dots?: string[];
}

/** Input of the summary rows. */
export interface SummaryContext {
  flow: Flow;
  directory: FlowDirectory | null;
  strings: Strings;
}

/** Returns the rows of a card's body. Their number is `countCardRows`. */
export function listSummaryRows(card: Card, context: SummaryContext): SummaryRow[] {
  const rows = describeContent(card, context);
  return card.title ? [{ text: card.title, tone: 'strong' }, ...rows] : rows;
}

/** Returns one line for lists and pickers: the kind, and the card's content. */
export function summariseCard(card: Card, context: SummaryContext): string {
  const rows = listSummaryRows(card, context);
  return `${appearanceOfCard(card).name}: ${rows[0]?.text ?? ''}`;
}

/** Returns the names of ids, in order. An unknown id stays unchanged. */
export function namesOf(ids: string[], entries: { id: string; name: string }[] | undefined): string[] {
  return ids.map((id) => entries?.find((entry) => entry.id === id)?.name ?? id);
}

/** Returns weekdays in short form: `Mon–Fri`, `Sat, Sun`, every day. `days` are ISO weekdays. */
export function describeDays(days: number[] | undefined, strings: Strings): string {
  const chosen = [1, 2, 3, 4, 5, 6, 7].filter((day) => !days || days.includes(day));
  if (chosen.length === 7) return strings.everyDay;
  if (chosen.length === 0) return strings.noDay;
  const span = chosen.at(-1)! - chosen[0]! + 1;
  const isRun = chosen.length > 2 && span === chosen.length;
  const short = (day: number) => strings.daysShort[day - 1]!;
  return isRun ? `${short(chosen[0]!)}–${short(chosen.at(-1)!)}` : chosen.map(short).join(', ');
}

function describeContent(card: Card, context: SummaryContext): SummaryRow[] {
  const { directory, strings } = context;
  switch (card.kind) {
    case 'start':
      return [{ text: strings.face.start, tone: 'muted' }];
    case 'condition':
      return describeTest(card.test, context);
    case 'else':
      return [{ text: strings.face.else, tone: 'muted' }];
    case 'button':
      return [filled(card.label, strings.face.noLabel)];
    case 'label':
      return [
        {
          ...filled(listNames(card.labelIds, directory?.labels), strings.face.noLabels),
          ...dotsOf(card.labelIds, directory),
        },
      ];
    case 'collaborator':
      return [filled(describePeople(card, directory), strings.face.nobody)];
    case 'message':
    case 'buttons':
      return [{ ...filled(card.text, strings.face.noText), span: countTextRows(card.text) }];
    case 'webhook':
      return [filled(card.url.replace(/^https?:\/\//, ''), strings.face.noUrl)];
    case 'jump':
      return [describeJump(card.to, context)];
    case 'assign-ai': {
      const agent = card.aiAgentId ? listNames([card.aiAgentId], directory?.aiAgents) : '';
      const row = filled(agent, strings.face.noAiAgent);
      if (card.agentIds.length === 0) return [row];
      return [row, { text: strings.face.with(listNames(card.agentIds, directory?.agents)), tone: 'muted' }];
    }
    case 'assign-human': {
      const row = filled(describePeople(card, directory), strings.face.nobody);
      return card.skipLastAiResponse ? [row, { text: strings.face.skip, tone: 'muted' }] : [row];
    }
    default:
      return [{ text: strings.face.custom, tone: 'muted' }];
  }
}

function describeTest(test: FlowTest | null, { flow, strings }: SummaryContext): SummaryRow[] {
  if (test?.kind === 'first-message-text' && Array.isArray(test.keywords)) {
    const keywords = test.keywords as string[];
    if (keywords.length === 0) return [{ text: strings.face.noKeywords, tone: 'unset' }];
    const match = (test.match ?? 'contains') as keyof Strings['matchVerbs'];
    const list = keywords.map(quote).join(', ');
    return [{ text: `${strings.matchVerbs[match]} ${list}`, span: countKeywordRows(keywords) }];
  }
  if (test?.kind === 'first-message-time') {
    const time = test as TimeTest;
    return [
      {
        ...filled(describeWindows(time.windows, strings), strings.face.noWindows),
        span: countWindowRows(time.windows),
      },
      { text: time.timeZone || flow.timeZone || strings.face.noZone, tone: 'muted' },
    ];
  }
  return [{ text: strings.face.custom, tone: 'muted' }];
}

/** Returns the windows in order: `09:00–17:00 · Mon–Fri; 09:00–12:00 · Sat`. */
function describeWindows(windows: readonly TimeWindow[], strings: Strings): string {
  return windows.map((window) => describeWindow(window, strings)).join('; ');
}

/** Returns the text of a window: `09:00–17:00 · Mon–Fri`. */
export function describeWindow({ from, to, days }: TimeWindow, strings: Strings): string {
  const range = from === to ? strings.face.wholeDay : `${showClock(from, strings)}–${showClock(to, strings)}`;
  return `${from || to ? range : strings.face.noClock} · ${describeDays(days, strings)}`;
}

function describeJump(to: string | null, context: SummaryContext): SummaryRow {
  const { flow, strings } = context;
  const target = to === null ? undefined : flow.cards[to];
  if (!to) return { text: strings.face.noTarget, tone: 'unset' };
  if (!target) return { text: strings.face.targetGone, tone: 'unset' };
  // Two jumps can lead to each other. Do not describe a jump's target recursively.
  if (target.kind === 'jump') return { text: appearanceOfCard(target).name };
  return { text: target.title || summariseCard(target, context) };
}

function describePeople(
  card: { agentIds: string[]; teamIds: string[] },
  directory: FlowDirectory | null,
): string {
  return [listNames(card.teamIds, directory?.teams), listNames(card.agentIds, directory?.agents)]
    .filter(Boolean)
    .join(', ');
}

function listNames(ids: string[], entries: { id: string; name: string }[] | undefined): string {
  return namesOf(ids, entries).join(', ');
}

function dotsOf(ids: string[], directory: FlowDirectory | null): { dots: string[] } {
  const colors = ids.map((id) => directory?.labels.find((label) => label.id === id)?.color ?? '');
  return { dots: colors.filter(Boolean).slice(0, 4) };
}

function filled(text: string, otherwise: string): SummaryRow {
  return text ? { text } : { text: otherwise, tone: 'unset' };
}
