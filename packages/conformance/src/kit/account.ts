import type {
  Agent,
  AiAgent,
  Conversation,
  ConversationEvent,
  EventPage,
  FlowDetail,
  FlowPin,
  Inbox,
  InboxUpdate,
  Label,
  Message,
  Team,
} from '@alur/protocol';
import type { KitOptions } from './kit-options.ts';
import { expectStatus, NotRun, show, Unmet } from './expect.ts';
import type { Host } from './host.ts';
import type { Answer } from './answer.ts';
import { uuid7 } from './ids.ts';

/** Prefix of the names of the kit's flows, which are deleted at the end (or by the next run). */
const NAME = 'Conformance: ';

/** Thrown when the inbox was not restored to its state before the run. */
export class NotPutBack extends Error {}

/** A document without `format` and `id`, which the kit adds. */
export type Cards = Record<string, { kind: string; next: string[]; [field: string]: unknown }>;

/** The account on the host: its content, and what the kit creates in it. */
export class Account {
  readonly host: Host;
  readonly labels: Label[];
  readonly agents: Agent[];
  readonly teams: Team[];
  readonly aiAgents: AiAgent[];
  readonly inboxes: Inbox[];
  /** The inbox under test, in its state before the run. */
  readonly inbox: Inbox;
  /** Another inbox of the account; null without one. */
  readonly otherInbox: Inbox | null;
  #selected: string | null;
  #name: string;
  /** Whether a check gave the inbox office hours. */
  #hadHours = false;
  readonly #flows = new Set<string>();
  readonly #served = new Map<string, FlowPin>();

  constructor(
    host: Host,
    all: Pick<Account, 'labels' | 'agents' | 'teams' | 'aiAgents' | 'inboxes'>,
    options: KitOptions,
  ) {
    this.host = host;
    this.labels = all.labels;
    this.agents = all.agents;
    this.teams = all.teams;
    this.aiAgents = all.aiAgents;
    this.inboxes = all.inboxes;
    const { inboxes } = all;
    const named = (id: string | undefined): Inbox | undefined => inboxes.find((one) => one.id === id);
    const inbox = options.inbox ? named(options.inbox) : inboxes.find((one) => one.type === 'web-livechat');
    if (!inbox || inbox.type !== 'web-livechat')
      throw new Error('The account needs an inbox of type web-livechat (or name one with --inbox).');
    this.inbox = inbox;
    const others = inboxes.filter((one) => one.id !== inbox.id);
    this.otherInbox =
      named(options.otherInbox) ?? others.find((one) => one.type === 'whatsapp') ?? others[0] ?? null;
    this.#selected = inbox.flowId;
    this.#name = inbox.name;
    for (const [name, list, least] of [
      ['labels', all.labels, 2],
      ['agents', all.agents, 2],
      ['teams', all.teams, 1],
    ] as const)
      if (list.length < least)
        throw new Error(`The account needs at least ${least} ${name}; it has ${list.length}.`);
  }

  /** Reads the account's directory. Changes nothing. */
  static async open(host: Host, options: KitOptions): Promise<Account> {
    const all = {
      labels: await listAll<Label>(host, 'listLabels'),
      agents: await listAll<Agent>(host, 'listAgents'),
      teams: await listAll<Team>(host, 'listTeams'),
      aiAgents: await listAll<AiAgent>(host, 'listAiAgents'),
      inboxes: await listAll<Inbox>(host, 'listInboxes'),
    };
    return new Account(host, all, options);
  }

  /** Prepares the inbox: no list of allowed origins, no AI agent. */
  async prepare(): Promise<void> {
    await this.updateInbox({ origins: [], aiAgentId: null });
  }

  /** Restores the inbox. Throws {@link NotPutBack} with the expected state when the host refuses. */
  async putBack(host = this.host): Promise<void> {
    const { name, flowId, aiAgentId, origins, appearance, officeHours } = this.inbox;
    const hours = this.#hadHours ? { officeHours: officeHours ?? null } : {};
    const before = { name, flowId, aiAgentId, origins, appearance, ...hours };
    try {
      await this.updateInbox(before, host);
    } catch (cause) {
      throw new NotPutBack(`The inbox ${this.inbox.id} could not be put back to ${JSON.stringify(before)}`, {
        cause,
      });
    }
  }

  /** Deletes the kit's flows, including those of earlier runs. */
  async deleteFlows(host = this.host): Promise<void> {
    const flows = await listAll<{ id: string; name: string; version: number }>(host, 'listFlows');
    for (const { id: flowId, name, version: baseVersion } of flows)
      if (this.#flows.has(flowId) || name.startsWith(NAME))
        await host.call('deleteFlow', { path: { flowId }, query: { baseVersion } });
  }

  async updateInbox(body: InboxUpdate, host = this.host): Promise<void> {
    if (body.officeHours !== undefined) this.#hadHours = true;
    const answer = await host.call('updateInbox', { path: { inboxId: this.inbox.id }, body });
    expectStatus(answer, 200, `updateInbox ${show(body)}`);
    if (body.flowId !== undefined) this.#selected = body.flowId;
    if (body.name !== undefined) this.#name = body.name;
  }

  /** Creates a flow of these cards. `extra` are members of the document, `options` of the request. */
  async createFlow(cards: Cards, extra: object = {}, options: { live?: boolean } = {}): Promise<FlowDetail> {
    const name = `${NAME}${uuid7().slice(-12)}`;
    const flow = { ...document(cards, name), ...extra };
    const answer = await this.host.call('createFlow', { body: { name, flow, ...options } });
    expectStatus(answer, 201, 'createFlow');
    const detail = answer.body as FlowDetail;
    this.remember(detail);
    return detail;
  }

  /** Marks a flow that a check created itself, so that it is deleted at the end. */
  remember({ summary }: FlowDetail): void {
    this.#flows.add(summary.id);
  }

  /** Saves on top of `baseVersion`. With null the request names no version. */
  saveVersion(flowId: string, baseVersion: number | null, body: object): Promise<Answer> {
    const base = baseVersion === null ? {} : { baseVersion };
    return this.host.call('saveFlowVersion', { path: { flowId }, body: { ...body, ...base } });
  }

  /** Makes the inbox serve a flow of these cards. Creates the flow once and selects it again when needed. */
  async serve(cards: Cards, extra: object = {}): Promise<FlowPin> {
    const served = await this.tryToServe(cards, extra);
    if ('draft' in served)
      throw new Unmet('a flow without errors is live at once (rule 11)', show(served.draft));
    return served;
  }

  /** Like `serve`. Returns the codes when the flow does not go live because the host found errors. */
  async tryToServe(cards: Cards, extra: object = {}): Promise<FlowPin | { draft: string[] }> {
    const key = JSON.stringify([cards, extra]);
    let pin = this.#served.get(key);
    if (!pin) {
      const { summary, newest } = await this.createFlow(cards, extra);
      const errors = newest.problems.flatMap(({ severity, code }) => (severity === 'error' ? [code] : []));
      if (summary.live !== 1 && errors.length > 0) return { draft: errors };
      if (summary.live !== 1)
        throw new Unmet('a flow without errors is live at once (rule 11)', show(summary));
      this.#served.set(key, (pin = { id: summary.id, version: 1 }));
    }
    await this.select(pin.id);
    return pin;
  }

  /** Renames the inbox. `close` restores the name. */
  async rename(name: string): Promise<void> {
    if (this.#name !== name) await this.updateInbox({ name });
  }

  async select(flowId: string | null): Promise<void> {
    if (this.#selected !== flowId) await this.updateInbox({ flowId });
  }

  /** Returns the conversation of a visitor, found as an agent finds it. */
  async conversationOf(visitorId: string): Promise<Conversation> {
    const answer = await this.host.call('listConversations', {
      query: { inboxId: this.inbox.id, limit: 50 },
    });
    expectStatus(answer, 200, 'listConversations');
    const found = (answer.body as { items: Conversation[] }).items.find(
      ({ visitor }) => visitor.id === visitorId,
    );
    if (!found)
      throw new Unmet(`the conversation of visitor ${visitorId} is listed`, 'it is not among the newest 50');
    return found;
  }

  async conversation(conversationId: string): Promise<Conversation> {
    const answer = await this.host.call('getConversation', { path: { conversationId } });
    expectStatus(answer, 200, 'getConversation');
    return answer.body as Conversation;
  }

  /** Returns a conversation's whole log in the form for agents. */
  async log(conversationId: string): Promise<ConversationEvent[]> {
    const events: ConversationEvent[] = [];
    let after: string | undefined;
    for (let page = 0; page < 200; page++) {
      const answer = await this.host.call('listConversationEvents', {
        path: { conversationId },
        query: { after, limit: 200 },
      });
      expectStatus(answer, 200, 'listConversationEvents');
      const body = answer.body as EventPage;
      events.push(...body.events);
      if (!body.more) return events;
      after = body.cursor;
    }
    throw new Unmet('the log ends', 'still `more` after 200 pages');
  }

  async reply(conversationId: string, text: string, id = uuid7()): Promise<Message> {
    const agentId = this.agents[0]!.id;
    const answer = await this.host.call('replyToConversation', {
      path: { conversationId },
      body: { id, text, agentId },
    });
    expectStatus(answer, 200, 'replyToConversation');
    return answer.body as Message;
  }

  async assign(conversationId: string, body: object): Promise<Conversation> {
    const answer = await this.host.call('assignConversation', { path: { conversationId }, body });
    expectStatus(answer, 200, 'assignConversation');
    return answer.body as Conversation;
  }

  async resolve(conversationId: string): Promise<Conversation> {
    const answer = await this.host.call('resolveConversation', { path: { conversationId } });
    expectStatus(answer, 200, 'resolveConversation');
    return answer.body as Conversation;
  }

  /** Returns an AI agent of the account. */
  aiAgent(): AiAgent {
    if (!this.aiAgents[0]) throw new NotRun('the account has no AI agent');
    return this.aiAgents[0];
  }
}

/** Returns all items of a list operation, page by page. */
export async function listAll<T>(host: Pick<Host, 'call'>, operation: string, limit = 200): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 500; page++) {
    const answer = await host.call(operation, { query: { cursor, limit } });
    expectStatus(answer, 200, operation);
    const body = answer.body as { items: T[]; next: string | null };
    items.push(...body.items);
    if (body.next === null) return items;
    cursor = body.next;
  }
  throw new Unmet(`${operation} ends`, 'still a next page after 500');
}

/** Returns a whole document with these cards. */
export function document(cards: Cards, name: string): object {
  return { format: 'alur.flow/2', id: 'flow_conformance', name, timeZone: 'Asia/Jakarta', cards };
}
