import { Outbox, type OutboxPatch } from '../outbox/outbox.ts';
import type { OutboxEntry, ReplyWork } from '../outbox/outbox-rows.ts';
import { remedyFor, type Remedy } from '../retry-policy.ts';
import { browserRuntime, type Runtime } from '../runtime.ts';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { openStorage } from '../storage/open-storage.ts';
import { TabTeam } from '../tabs/tab-team.ts';
import { watchPage } from '../visitor/watch-page.ts';
import { AgentDrafts, type AgentDraft } from './agent-drafts.ts';
import type { AgentReplies, AgentRepliesOptions, AgentReply } from './agent-replies.ts';

type TabMessage =
  | { kind: 'patch'; conversationId: string; patch: OutboxPatch; isSent: boolean }
  | { kind: 'draft'; draft: AgentDraft };

/**
 * Returns the remedy for a failed reply. A permanent refusal, such as a resolved or missing conversation or a
 * missing permission, concerns that reply only.
 */
function remedyForReply(error: unknown): Remedy {
  const remedy = remedyFor(error);
  return remedy === 'blocked' || remedy === 'renumber' ? 'set-aside' : remedy;
}

/** Opens an agent's drafts and replies. Resolves when the stored ones are loaded. */
export async function openAgentReplies(options: AgentRepliesOptions): Promise<AgentReplies> {
  const { client, agentId, account = '' } = options;
  const runtime: Runtime = { ...browserRuntime(), ...options.runtime };
  const locks = 'locks' in options ? options.locks : globalThis.navigator?.locks;
  const name = `agent:${options.host.replace(/\/+$/, '')}|${account}|${agentId}`;
  const outboxes = new Map<string, Outbox>();
  /** Replies that are being stored, and sent replies that the log may not show. */
  const unlisted = new Map<string, AgentReply>();
  const sentIds = new Set<string>();
  const listeners = new Set<() => void>();

  function notify() {
    for (const listener of listeners) listener();
  }
  const allEntries = () => [...outboxes.values()].flatMap(({ entries }) => entries);
  const open = options.storage ?? ((key, onFallback) => openStorage(key, runtime, onFallback));
  const storage = await open(name, allEntries).catch(() => createMemoryStorage());

  const team = new TabTeam<TabMessage, object>({
    name,
    runtime,
    locks,
    storage: async () => storage,
    onMessage(message) {
      if (message.kind === 'draft') drafts.receive(message.draft);
      else {
        noteSent(message.patch.entry, message.isSent);
        outboxOf(message.conversationId).receive(message.patch);
      }
      notify();
    },
    onAsked() {
      // A tab can close after it stores a reply and before it posts the change.
      void load();
      return {};
    },
    onLead(leading) {
      for (const outbox of outboxes.values()) void outbox.setDraining(leading);
      if (leading) void load();
    },
  });

  const drafts = new AgentDrafts({
    storage,
    newId: runtime.newId,
    onChange(draft) {
      team.post({ kind: 'draft', draft });
      notify();
    },
  });

  function noteSent(entry: OutboxEntry, isSent: boolean) {
    if (isSent && entry.kind === 'reply') unlisted.set(entry.id, { ...toReply(entry), state: 'sent' });
  }

  async function deliver(entry: OutboxEntry): Promise<undefined> {
    const { conversationId, id, text } = entry as OutboxEntry<ReplyWork>;
    await client.reply(conversationId, { id, text, agentId });
    sentIds.add(id);
  }

  /** Puts a text before the draft text. */
  function writeAgain(conversationId: string, text: string) {
    const draft = drafts.get(conversationId)?.text ?? '';
    drafts.set(conversationId, draft.trim() ? `${text}\n${draft}` : text);
  }

  function outboxOf(conversationId: string): Outbox {
    const known = outboxes.get(conversationId);
    if (known) return known;
    const outbox = new Outbox({
      runtime,
      rows: async () => ({
        ...storage.rows,
        all: async () => (await storedReplies()).filter((entry) => entry.conversationId === conversationId),
      }),
      deliver,
      remedyOf: remedyForReply,
      onPatch(patch) {
        const isSent = patch.do === 'delete' && sentIds.delete(patch.entry.id);
        noteSent(patch.entry, isSent);
        team.post({ kind: 'patch', conversationId, patch, isSent });
        notify();
      },
      onFault() {},
    });
    outboxes.set(conversationId, outbox);
    void outbox.setDraining(team.leading);
    return outbox;
  }

  async function storedReplies(): Promise<OutboxEntry<ReplyWork>[]> {
    return (await storage.rows.all()) as OutboxEntry<ReplyWork>[];
  }
  /** Reads the stored replies of every conversation. Sends them if this tab leads. */
  async function load() {
    for (const { conversationId } of await storedReplies()) outboxOf(conversationId);
    const loading = [...outboxes.values()].map((outbox) =>
      team.leading ? outbox.setDraining(true) : outbox.load(),
    );
    await Promise.all(loading);
    notify();
  }

  function retryNow() {
    for (const outbox of outboxes.values()) outbox.retryNow();
  }
  const stopWatchingPage = watchPage({
    retryNow,
    suspend() {
      for (const outbox of outboxes.values()) outbox.lastChance();
      team.leave();
    },
    resume: () => team.join(),
  });

  await load();
  const storedIds = new Set(allEntries().map(({ id }) => id));
  await drafts.load((id) => storedIds.has(id));
  team.join();

  return {
    repliesOf(conversationId) {
      const entries = (outboxes.get(conversationId)?.entries ?? []) as readonly OutboxEntry<ReplyWork>[];
      const listed = new Set(entries.map(({ id }) => id));
      const others = [...unlisted.values()].filter(
        (reply) => reply.conversationId === conversationId && !listed.has(reply.id),
      );
      const sent = others.filter(({ state }) => state === 'sent');
      return [...sent, ...toReplies(entries), ...others.filter((reply) => !sent.includes(reply))];
    },
    unfinished: () =>
      new Set([
        ...drafts.conversationIds(),
        ...[...outboxes].flatMap(([id, { entries }]) => (entries.length > 0 ? [id] : [])),
        ...[...unlisted.values()].flatMap((reply) => (reply.state === 'sent' ? [] : [reply.conversationId])),
      ]),
    draftOf: (conversationId) => drafts.get(conversationId)?.text ?? '',
    setDraft: (conversationId, text) => drafts.set(conversationId, text),
    async send(conversationId) {
      const text = drafts.get(conversationId)?.text.trim();
      if (!text) return;
      const { id } = drafts.take(conversationId)!;
      unlisted.set(id, { id, conversationId, text, queuedAt: runtime.now(), state: 'sending' });
      notify();
      try {
        await outboxOf(conversationId).append(id, { kind: 'reply', conversationId, text });
      } catch (error) {
        unlisted.delete(id);
        writeAgain(conversationId, text);
        throw error;
      }
      if (unlisted.get(id)?.state === 'sending') unlisted.delete(id);
      drafts.store(conversationId);
    },
    retry: ({ id, conversationId }) => outboxOf(conversationId).retry(id),
    async edit({ id, conversationId, text }) {
      const outbox = outboxOf(conversationId);
      if (!outbox.entries.some((entry) => entry.id === id && entry.state === 'failed')) return;
      // Stored as a draft before the reply is deleted: a page that is closed in between shows it twice rather
      // than losing it.
      writeAgain(conversationId, text);
      await outbox.discard(id);
    },
    async discard({ id, conversationId }) {
      await outboxOf(conversationId).discard(id);
    },
    retryNow,
    noteShown(conversationId, messageIds) {
      for (const { id } of unlisted.values()) if (messageIds.has(id)) unlisted.delete(id);
      const draft = drafts.get(conversationId);
      if (draft && messageIds.has(draft.id)) drafts.set(conversationId, '');
    },
    get durable() {
      return storage.durable;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      listeners.clear();
      stopWatchingPage();
      for (const outbox of outboxes.values()) outbox.stop();
      team.leave();
      team.close();
      storage.close();
    },
  };
}

/** Converts entries to replies. All replies behind a waiting one are `waiting` too. */
function toReplies(entries: readonly OutboxEntry<ReplyWork>[]): AgentReply[] {
  const isHeld = entries.find(({ state }) => state !== 'failed')?.attempts !== 0;
  return entries.map((entry) => {
    const reply = toReply(entry);
    return isHeld && reply.state === 'sending' ? { ...reply, state: 'waiting' } : reply;
  });
}

function toReply({ id, conversationId, text, queuedAt, state, fault }: OutboxEntry<ReplyWork>): AgentReply {
  return {
    id,
    conversationId,
    text,
    queuedAt,
    state: state === 'failed' ? 'failed' : 'sending',
    ...(fault && { fault }),
  };
}
