import type { FlowRun } from '@alur/flow';
import type {
  Collaborators,
  ConversationEvent,
  ConversationStatus,
  Handler,
  Message,
  Session,
} from '@alur/protocol';

/** The state of a conversation according to its log. */
export interface Told {
  head: number;
  status: ConversationStatus;
  labelIds: string[];
  handler: Handler | null;
  collaborators: Collaborators;
  session: Session | null;
  run: FlowRun | null;
  visitorRead: number;
  agentRead: number;
  unread: number;
  lastMessage: Message | null;
  humanWrote: boolean;
}

/** Computes the state from a log's events, without code of the host that wrote it. */
export function foldLog(events: readonly ConversationEvent[]): Told {
  const told: Told = {
    head: 0,
    status: 'open',
    labelIds: [],
    handler: null,
    collaborators: { agentIds: [], teamIds: [] },
    session: null,
    run: null,
    visitorRead: 0,
    agentRead: 0,
    unread: 0,
    lastMessage: null,
    humanWrote: false,
  };
  for (const event of events) {
    if (event.seq !== told.head + 1) throw new Error(`Event ${event.seq} follows on ${told.head}.`);
    told.head = event.seq;
    applyEvent(told, event);
  }
  return told;
}

function applyEvent(told: Told, event: ConversationEvent): void {
  switch (event.type) {
    case 'message':
      told.lastMessage = event.message;
      if (event.message.author.kind === 'visitor') told.unread += 1;
      else if (event.message.author.kind !== 'bot') told.unread = 0;
      if (event.message.author.kind === 'agent') told.humanWrote = true;
      break;
    case 'session':
      told.session = event.session;
      if (event.session.status === 'open') told.humanWrote = false;
      else told.unread = 0;
      break;
    case 'run':
      told.run = event.run;
      break;
    case 'status':
      told.status = event.status;
      break;
    case 'labels':
      told.labelIds = changed(told.labelIds, event);
      break;
    case 'collaborators':
      told.collaborators = {
        agentIds: changed(told.collaborators.agentIds, {
          added: event.added.agentIds,
          removed: event.removed.agentIds,
        }),
        teamIds: changed(told.collaborators.teamIds, {
          added: event.added.teamIds,
          removed: event.removed.teamIds,
        }),
      };
      break;
    case 'handler':
      told.handler = event.handler as Handler | null;
      break;
    case 'read':
      if (event.by === 'agent') told.agentRead = event.upTo;
      else told.visitorRead = event.upTo;
      break;
    default:
      break;
  }
}

function changed(ids: string[], { added, removed }: { added: string[]; removed: string[] }): string[] {
  return [...ids.filter((id) => !removed.includes(id)), ...added];
}
