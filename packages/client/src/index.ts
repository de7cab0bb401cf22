/**
 * Visitor client of a host: one client per visitor, with a durable outbox and a live feed. The dashboard
 * client is a separate entry, `@alur/client/dashboard`, so that visitors do not download it. What only the
 * widget needs is in `@alur/client/internal`.
 *
 * @module
 */
export { ClientError, isClientError } from './client-error.ts';
export type { ClientErrorCode, ClientErrorFacts } from './client-error.ts';
export type { Connection } from './live/live-feed.ts';
export type { OutboxEntry, OutboxFault, QueuedTurn } from './outbox/outbox-rows.ts';
export { remedyFor, retryDelay } from './retry-policy.ts';
export { browserRuntime } from './runtime.ts';
export type { Runtime } from './runtime.ts';
export type { Persistence } from './storage/persistence.ts';
export type { VisitorStorage } from './storage/visitor-storage.ts';
export { uniqueId } from './unique-id.ts';
export { createVisitorClient } from './visitor/visitor-client.ts';
export type { VisitorClient, VisitorClientOptions } from './visitor/visitor-client.ts';
export type { Forgetting, VisitorSignal } from './visitor/visitor-signal.ts';
export type { InboxAddress } from './visitor/inbox-address.ts';
// The contract types are exported here, so that users of this client need no other package.
export type * from '@alur/protocol';
