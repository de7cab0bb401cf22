import assert from 'node:assert/strict';
import type { Message, VisitorConversation } from '@alur/client';
import { until } from '@alur/tooling/testing';

/** The conversation of a visitor as the host has it. */
export interface HostView {
  /** Reads the conversation. `query` is the query string of the request; 200 messages without it. */
  hostView(query?: string): Promise<VisitorConversation>;
  /** Reads every message of the conversation, oldest first. */
  hostMessages(): Promise<Message[]>;
}

/** Creates a reader of the host's conversation. It waits until `token` returns the token of the visitor. */
export function createHostView(hostUrl: string, inboxId: string, token: () => string): HostView {
  async function hostView(query = 'limit=200'): Promise<VisitorConversation> {
    await until(token, 'the host had a token for the visitor');
    const url = `${hostUrl}/v1/widget/${inboxId}/conversation?${query}`;
    const response = await fetch(url, { headers: { Authorization: `Bearer ${token()}` } });
    assert.equal(response.status, 200, `the host shows its conversation: ${url}`);
    return (await response.json()) as VisitorConversation;
  }
  async function hostMessages(): Promise<Message[]> {
    let view = await hostView();
    let messages = view.messages;
    while (view.more) {
      view = await hostView(`limit=200&before=${messages[0]!.seq}`);
      messages = [...view.messages, ...messages];
    }
    return messages;
  }
  return { hostView, hostMessages };
}
