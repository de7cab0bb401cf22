import type {
  ButtonCard,
  ButtonsCard,
  Card,
  CollaboratorCard,
  Flow,
  JumpCard,
  LabelCard,
  MessageCard,
  WebhookCard,
} from '../document/flow.ts';
import { codePoints } from '../document/limits.ts';
import { buttonNumber } from '../run/find-answer.ts';
import { translate } from '../run/language.ts';
import { isBlank, normalize } from '../run/normalize.ts';
import type { CheckContext, StepAuthorKind, SummaryContext } from './author-kind.ts';
import { cardField, idsField, textField, translationsField, urlField } from './fields.ts';
import { and, listOf, productName, quoted, unset } from './words.ts';

/** Maximum length of a message text, in code points. */
const TEXT_MAX = 10_000;

const imageUrl = urlField(
  'imageUrl',
  { id: 'Gambar', en: 'Image' },
  { protocols: ['https:'], required: false, optional: true, isPublic: true },
);
const text = textField(
  'text',
  { id: 'Pesan', en: 'Message' },
  { max: TEXT_MAX, multiline: true, template: true, isPublic: true },
);
/** Text and image of a message, with their translations. */
const messageFields = [
  text,
  translationsField('texts', { id: 'Pesan dalam bahasa lain', en: 'Message in other languages' }, text),
  imageUrl,
  translationsField(
    'imageUrls',
    { id: 'Gambar dalam bahasa lain', en: 'Image in other languages' },
    imageUrl,
  ),
];

/** Kinds of steps after which a run continues or waits. */
export const actionAuthors: StepAuthorKind[] = [
  {
    kind: 'label',
    role: 'action',
    name: productName('Label Conversation'),
    fields: [idsField('labelIds', { id: 'Label', en: 'Labels' }, { of: 'labels' })],
    summary: (card, context) =>
      names(
        (card as LabelCard).labelIds.map((id) => context.nameOf('labels', id)),
        context,
      ),
  },
  {
    kind: 'collaborator',
    role: 'action',
    name: productName('Add Collaborator'),
    fields: peopleFields(),
    check: (card, context) => checkPeople(card as CollaboratorCard, context),
    summary: (card, context) => names(peopleNames(card as CollaboratorCard, context), context),
  },
  {
    kind: 'message',
    role: 'action',
    name: productName('Send Message'),
    fields: messageFields,
    check: (card, context) => checkWhatsAppTexts(card as MessageCard, 4096, context),
    summary: (card, context) => messageSummary(card as MessageCard, context),
  },
  {
    kind: 'webhook',
    role: 'action',
    name: productName('Webhook'),
    fields: [urlField('url', { id: 'Alamat', en: 'Address' }, { protocols: ['http:', 'https:'] })],
    summary: (card, { locale }) => textSummary((card as WebhookCard).url) || unset[locale],
  },
  {
    kind: 'jump',
    role: 'jump',
    name: productName('Jump to Action'),
    fields: [cardField('to', { id: 'Tujuan', en: 'Target' }, { isPublic: true })],
    check: (card, context) => checkTarget(card as JumpCard, context),
    summary: (card, { locale, flow, cardName }) => {
      const { to } = card as JumpCard;
      return to && Object.hasOwn(flow.cards, to) ? `→ ${cardName(to)}` : unset[locale];
    },
  },
  {
    kind: 'buttons',
    role: 'buttons',
    name: productName('Message with Button'),
    fields: messageFields,
    check: (card, context) => checkButtons(card as ButtonsCard, context),
    summary: (card, context) => messageSummary(card as ButtonsCard, context),
  },
];

/** Returns the fields of a card that refers to agents and teams. */
export function peopleFields() {
  return [
    idsField('agentIds', { id: 'Agen', en: 'Agents' }, { of: 'agents', required: false }),
    idsField('teamIds', { id: 'Tim', en: 'Teams' }, { of: 'teams', required: false }),
  ];
}

/** Reports a card that has neither an agent nor a team. */
export function checkPeople(card: { agentIds: string[]; teamIds: string[] }, { report }: CheckContext): void {
  if (card.agentIds.length + card.teamIds.length > 0) return;
  report({
    code: 'nothing-chosen',
    severity: 'error',
    field: 'agentIds',
    message: 'Nobody is chosen; choose at least one agent or team.',
    data: { isMany: true, either: ['teamIds', 'agentIds'] },
  });
}

/**
 * Reports a card whose teams have no members. The host would assign the conversation to the inbox's default.
 */
export function checkMembers(
  { agentIds, teamIds }: { agentIds: string[]; teamIds: string[] },
  { directory, report }: CheckContext,
): void {
  const teams = teamIds.flatMap((id) => directory.teams?.find((team) => team.id === id) ?? []);
  if (agentIds.length > 0 || teams.length === 0) return;
  const isMember = (id: string): boolean =>
    !directory.agents || directory.agents.some((one) => one.id === id);
  if (teams.some(({ agentIds: members }) => members === undefined || members.some(isMember))) return;
  report({
    code: 'empty-team',
    severity: 'warning',
    field: 'teamIds',
    message: 'No agent is in the chosen teams, so the conversation goes to the inbox’s default; add members.',
    data: { teams: teams.map(({ name }) => name) },
  });
}

/** Returns the names of a card's agents, followed by the names of its teams. */
export function peopleNames(
  card: { agentIds: string[]; teamIds: string[] },
  { nameOf }: SummaryContext,
): string[] {
  return [
    ...card.agentIds.map((id) => nameOf('agents', id)),
    ...card.teamIds.map((id) => nameOf('teams', id)),
  ];
}

/** Returns a list of names, or the text for an unset value if the list is empty. */
export function names(list: string[], { locale }: SummaryContext): string {
  return listOf(list.map(quoted), and, locale) || unset[locale];
}

/** Returns whether a jump may lead to a card. Steps are valid targets; `start` and branches are not. */
export function canJumpTo(flow: Flow, to: string): boolean {
  const target: Card | undefined = Object.hasOwn(flow.cards, to) ? flow.cards[to] : undefined;
  return target !== undefined && !['start', 'condition', 'else', 'button'].includes(target.kind);
}

function messageSummary({ text, imageUrl }: MessageCard | ButtonsCard, { locale }: SummaryContext): string {
  const image = imageUrl ? { id: ', dengan gambar', en: ', with an image' }[locale] : '';
  return (textSummary(text) || unset[locale]) + image;
}

function textSummary(text: string): string {
  return isBlank(text) ? '' : quoted(text);
}

function checkTarget({ to }: JumpCard, { flow, cardId, report }: CheckContext): void {
  if (!to) return;
  const missing = !Object.hasOwn(flow.cards, to);
  if (!missing && to !== cardId && canJumpTo(flow, to)) return;
  report({
    code: missing ? 'jump-to-nowhere' : to === cardId ? 'jump-to-itself' : 'jump-to-branch',
    severity: 'error',
    field: 'to',
    message: missing
      ? `The jump leads to "${to}", which is not in this flow; choose another target.`
      : to === cardId
        ? 'The jump leads to itself; choose another target.'
        : `The jump leads to "${to}", which is a branch or the start; choose the first step inside it.`,
    data: { to },
  });
}

function checkButtons(card: ButtonsCard, context: CheckContext): void {
  const { flow, channel, report } = context;
  const count = card.next.filter((id) => flow.cards[id]?.kind === 'button').length;
  if (count === 0) {
    report({ code: 'no-button', severity: 'error', message: 'There is no button to press; add one.' });
  }
  if (channel === 'whatsapp' && count > 3) {
    report({
      code: 'whatsapp-buttons',
      severity: 'warning',
      message: `WhatsApp shows at most 3 buttons, and these ${count} as a list that opens on a tap.`,
      data: { count, max: 3 },
    });
  }
  checkLabels(card, context);
  checkWhatsAppTexts(card, 1024, context);
}

/**
 * Reports labels that fold to the same text in one language, and labels that look like the number of another
 * button.
 */
function checkLabels({ next }: ButtonsCard, { flow, report }: CheckContext): void {
  const buttons = next.flatMap((id) => {
    const card = flow.cards[id];
    return card?.kind === 'button' ? [{ id, card: card as ButtonCard }] : [];
  });
  const languages = new Set(buttons.flatMap(({ card }) => Object.keys(card.labels ?? {})));
  const reported = new Set<string>();
  for (const language of [undefined, ...[...languages].sort()]) {
    const first = new Map<string, string>();
    for (const { id, card } of buttons) {
      const own = translate(null, card.labels, language);
      const text = own ?? card.label;
      const label = normalize(text);
      const other = label ? first.get(label) : undefined;
      if (other === undefined) first.set(label, id);
      // A pair without labels in a language has the same conflict in that language. Report it once.
      else if (!reported.has(`${id} ${text}`)) {
        reported.add(`${id} ${text}`);
        report({
          code: 'duplicate-button',
          severity: 'error',
          cardId: id,
          field: own === null ? 'label' : `labels/${keyOf(card, text)}`,
          message: `"${text}" is the label of another button too; give each its own.`,
          data: { with: other, ...(language !== undefined && { language }) },
        });
      }
    }
  }
  for (const { id, card } of buttons) {
    if (isNumber(card.label)) reportNumber(id, 'label');
    for (const [language, label] of Object.entries(card.labels ?? {}))
      if (isNumber(label)) reportNumber(id, `labels/${language}`);
  }

  function reportNumber(cardId: string, field: string): void {
    report({
      code: 'number-label',
      severity: 'warning',
      cardId,
      field,
      message:
        'This label is a number: a visitor who types it to choose by position gets this button instead.',
    });
  }
}

function keyOf({ labels }: ButtonCard, text: string): string | undefined {
  return Object.keys(labels ?? {}).find((language) => labels![language] === text);
}

function isNumber(label: string): boolean {
  const folded = normalize(label);
  return /^\d+$/.test(folded) || buttonNumber(folded) > 0;
}

function checkWhatsAppTexts(
  { text, texts }: MessageCard | ButtonsCard,
  max: number,
  context: CheckContext,
): void {
  checkWhatsAppText(text, 'text', max, context);
  for (const [language, translation] of Object.entries(texts ?? {}))
    checkWhatsAppText(translation, `texts/${language}`, max, context);
}

function checkWhatsAppText(
  text: string,
  field: string,
  max: number,
  { channel, report }: CheckContext,
): void {
  const length = codePoints(text);
  if (channel !== 'whatsapp' || length <= max) return;
  report({
    code: 'whatsapp-text',
    severity: 'warning',
    field,
    message: `WhatsApp takes at most ${max} characters here; this text has ${length}.`,
    data: { length, max },
  });
}
