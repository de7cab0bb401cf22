/**
 * A visitor without a browser, for tests of the agent's side.
 *
 * @module
 */
import { createVisitorClient, uniqueId, type QueuedTurn } from '@alur/client';
import { uploadAttachment } from '@alur/client/extras';

export interface ScriptedVisitor {
  /** Writes a message. Resolves when the host has it. */
  write(text: string, file?: { name: string; bytes: Uint8Array }): Promise<void>;
  /** Returns the texts of the agents' messages, in the order of the log. */
  replies(): Promise<string[]>;
  close(): void;
}

/** Creates a visitor of an inbox, with a name from the page. */
export function createScriptedVisitor(host: string, inboxId: string, name: string): ScriptedVisitor {
  const client = createVisitorClient({ host, inboxId, persist: 'none' });
  const session = uniqueId();
  const facts: QueuedTurn['facts'] = { visitor: { name } };
  client.connect();
  return {
    async write(text, file) {
      const uploaded = file && (await uploadAttachment(client, new Blob([file.bytes as BlobPart]), file));
      const id = uniqueId();
      const taken = new Promise<void>((resolve) => {
        const stop = client.subscribe((signal) => {
          if (signal.kind !== 'answered' || signal.turn.id !== id) return;
          stop();
          resolve();
        });
      });
      const at = new Date(client.hostNow()).toISOString();
      const attachments = uploaded && [{ id: uploaded.id }];
      await client.submit({
        id,
        session,
        input: { kind: 'message', id, at, text, ...(attachments && { attachments }) },
        facts,
      });
      await taken;
    },
    async replies() {
      const { messages } = await client.older(1_000_000_000);
      return messages.filter(({ author }) => author.kind === 'agent').map(({ text }) => text);
    },
    close: () => client.close(),
  };
}
