import type { Card, Effect } from '@alur/flow';
import type { Collaborators } from '@alur/protocol';
import type { EffectHandler } from '../kinds/custom-kinds.ts';
import { planEffects } from '../kinds/perform-effects.ts';
import {
  changeCollaborators,
  changeLabels,
  fault,
  say,
  setHandler,
  setStatus,
} from './conversation-changes.ts';
import type { ConversationChange } from './conversation-state.ts';
import type { Directory } from './directory.ts';
import { candidatesOf, pickHandler } from './distribution.ts';
import type { Inbox } from './inboxes.ts';
import type { Records, VisitorRow } from './records.ts';
import { webhookJob } from './webhook-body.ts';

/** Records that an assignment uses. */
type AssignRecords = Pick<Records, 'lookUp' | 'openLoad'>;

/** Context in which a turn's effects are applied. */
export interface EffectsOf {
  turnId: string;
  /** Id of the visitor's message that ended the flow, when there is one to answer. */
  messageId: string;
  inbox: Inbox;
  visitor: VisitorRow;
  /** Handlers of custom effects. */
  handlers: ReadonlyMap<string, EffectHandler>;
  /** Returns a card of the flow. Effects do not contain what only the host may know. */
  cardOf: (cardId: string) => Card | undefined;
}

/**
 * Applies a turn's effects in order, each once. An id that the account no longer has is logged as a fault,
 * and the remaining effects are applied.
 */
export async function applyEffects(
  records: AssignRecords,
  change: ConversationChange,
  effects: readonly Effect[],
  of: EffectsOf,
): Promise<void> {
  const { state } = change;
  const { planned, failures } = planEffects(effects, of.handlers, of.cardOf);
  for (const { cardId, message } of failures) fault(change, 'custom_effect', message, cardId);
  const directory = await records.lookUp(state.accountId, idsIn(planned.map(({ effect }) => effect)));
  let isAssigned = false;
  let mayAiAnswer = true;
  for (const { effect, index, part, url } of planned) {
    switch (effect.kind) {
      case 'send-message':
      case 'send-buttons':
        if (effect.kind === 'send-buttons') state.offered = effect.cardId;
        say(change, {
          id: part === undefined ? `${of.turnId}.${index}` : `${of.turnId}.${index}.${part}`,
          author: { kind: 'bot', name: of.inbox.name },
          text: effect.text,
          ...(effect.imageUrl && { imageUrl: effect.imageUrl }),
          ...(effect.kind === 'send-buttons' && { buttons: effect.buttons }),
          cardId: effect.cardId,
          turnId: of.turnId,
          effectIndex: index,
        });
        break;
      case 'label': {
        const known = keep(change, effect.cardId, 'label', effect.labelIds, directory.labels);
        changeLabels(change, { add: known, cardId: effect.cardId });
        break;
      }
      case 'collaborator':
        changeCollaborators(change, { add: keepExisting(change, directory, effect), cardId: effect.cardId });
        break;
      case 'webhook':
        callWebhook(change, effect.cardId, { index, part, url: url ?? urlOf(of.cardOf(effect.cardId)) }, of);
        break;
      case 'assign-ai': {
        const helpers = keepExisting(change, directory, { ...effect, teamIds: [] });
        changeCollaborators(change, { add: helpers, cardId: effect.cardId });
        isAssigned = assignAi(change, directory, effect.aiAgentId, helpers);
        if (isAssigned) askAi(change, effect.aiAgentId, of.messageId, 'handler');
        else fault(change, 'unknown_ai_agent', `There is no AI agent "${effect.aiAgentId}".`, effect.cardId);
        break;
      }
      case 'assign-human': {
        const named = keepExisting(change, directory, effect);
        mayAiAnswer = effect.skipAiReplyTo === null;
        isAssigned = candidatesOf(directory, named).length > 0;
        if (!isAssigned && named.agentIds.length + named.teamIds.length > 0) {
          const message = 'No agent is left whom this card could give the conversation to.';
          fault(change, 'no_candidates', message, effect.cardId);
        }
        if (!isAssigned) break;
        await assignHumans(records, change, directory, named);
        if (mayAiAnswer) answerOnce(change, of);
        break;
      }
      case 'end':
        if (!isAssigned) await assignDefault(records, change, { ...of, mayAiAnswer });
        break;
      default:
        // `planEffects` leaves no custom effects.
        break;
    }
  }
}

/**
 * Assigns the inbox's default (rule 13): its AI agent, else its own agents and teams. Without either, the
 * conversation waits for any agent.
 */
export async function assignDefault(
  records: AssignRecords,
  change: ConversationChange,
  {
    inbox,
    messageId,
    mayAiAnswer = true,
  }: Pick<EffectsOf, 'inbox' | 'messageId'> & { mayAiAnswer?: boolean },
): Promise<void> {
  const named = { agentIds: inbox.agentIds, teamIds: inbox.teamIds };
  const directory = await records.lookUp(change.state.accountId, {
    ...named,
    aiAgentIds: inbox.aiAgentId === null ? [] : [inbox.aiAgentId],
  });
  const noCandidates = { agentIds: [], teamIds: [] };
  if (inbox.aiAgentId !== null && assignAi(change, directory, inbox.aiAgentId, noCandidates)) {
    if (mayAiAnswer) askAi(change, inbox.aiAgentId, messageId, 'handler');
    return;
  }
  await assignHumans(records, change, directory, named);
}

/** Makes an AI agent the assignee. Returns false when there is no such AI agent. */
function assignAi(
  change: ConversationChange,
  directory: Directory,
  aiAgentId: string,
  candidates: Collaborators,
): boolean {
  const aiAgent = directory.aiAgents.get(aiAgentId);
  if (!aiAgent) return false;
  setHandler(change, { kind: 'ai', id: aiAgentId, name: aiAgent.name }, candidates);
  setStatus(change, 'open');
  return true;
}

/**
 * Assigns the conversation to agents. An online candidate becomes the assignee, and the other named agents
 * and teams become collaborators. The status is `pending` until an agent takes the conversation.
 */
export async function assignHumans(
  records: Pick<Records, 'openLoad'>,
  change: ConversationChange,
  directory: Directory,
  named: Collaborators,
): Promise<void> {
  const { accountId } = change.state;
  const candidates = candidatesOf(directory, named);
  const ids = candidates.map(({ id }) => id);
  const handler = pickHandler(
    candidates,
    ids.length < 2 ? new Map() : await records.openLoad(accountId, ids),
  );
  setHandler(
    change,
    handler && {
      kind: 'agent',
      id: handler.id,
      name: handler.name,
      ...(handler.avatarUrl && { avatarUrl: handler.avatarUrl }),
    },
    named,
  );
  const hasOthers = (teamId: string) =>
    directory.teams.get(teamId)?.agentIds.some((id) => directory.agents.has(id) && id !== handler?.id);
  changeCollaborators(change, {
    add: {
      agentIds: named.agentIds.filter((id) => directory.agents.has(id) && id !== handler?.id),
      teamIds: named.teamIds.filter(hasOthers),
    },
  });
  setStatus(change, 'pending');
}

/** Has the inbox's AI agent answer the ending message once, while agents have the conversation. */
function answerOnce(change: ConversationChange, { inbox, messageId }: EffectsOf): void {
  if (inbox.aiAgentId !== null && !change.state.humanWrote) askAi(change, inbox.aiAgentId, messageId, 'last');
}

/**
 * Schedules an AI reply to a message for the time after the commit. The id of the job makes a second reply to
 * the same message impossible.
 */
export function askAi(
  change: ConversationChange,
  aiAgentId: string,
  messageId: string,
  role: 'handler' | 'last',
): void {
  const { id, session } = change.state;
  change.jobs.push({
    kind: 'ai-reply',
    id: `${id}/${messageId}/ai`,
    payload: { sessionId: session.id, aiAgentId, messageId, role },
  });
}

function callWebhook(
  change: ConversationChange,
  cardId: string,
  { index, part, url }: { index: number; part: number | undefined; url: string | undefined },
  of: EffectsOf,
): void {
  if (!url) return fault(change, 'webhook_address', 'The webhook card has no address.', cardId);
  const effect = part === undefined ? `${index}` : `${index}.${part}`;
  change.jobs.push(webhookJob(change, of.visitor, { cardId, turnId: of.turnId, url, effect }));
}

/** Returns the address of a webhook card. */
function urlOf(card: Card | undefined): string | undefined {
  return card?.kind === 'webhook' ? card.url : undefined;
}

function keepExisting(
  change: ConversationChange,
  directory: Directory,
  { cardId, agentIds, teamIds }: { cardId: string; agentIds: string[]; teamIds: string[] },
): Collaborators {
  return {
    agentIds: keep(change, cardId, 'agent', agentIds, directory.agents),
    teamIds: keep(change, cardId, 'team', teamIds, directory.teams),
  };
}

function keep(
  change: ConversationChange,
  cardId: string,
  what: string,
  ids: readonly string[],
  known: { has(id: string): boolean },
): string[] {
  return ids.filter((id) => {
    if (known.has(id)) return true;
    fault(
      change,
      `unknown_${what}`,
      `There is no ${what} "${id}" any more; the flow went on without it.`,
      cardId,
    );
    return false;
  });
}

function idsIn(effects: readonly Effect[]) {
  const ids = {
    labelIds: [] as string[],
    agentIds: [] as string[],
    teamIds: [] as string[],
    aiAgentIds: [] as string[],
  };
  for (const effect of effects) {
    if (effect.kind === 'label') ids.labelIds.push(...effect.labelIds);
    if (effect.kind === 'collaborator' || effect.kind === 'assign-human') {
      ids.agentIds.push(...effect.agentIds);
      ids.teamIds.push(...effect.teamIds);
    }
    if (effect.kind === 'assign-ai') {
      ids.agentIds.push(...effect.agentIds);
      ids.aiAgentIds.push(effect.aiAgentId);
    }
  }
  return ids;
}
