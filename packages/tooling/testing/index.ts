/**
 * Test helpers for several packages: a host in a process of its own, visitors without a client, the chat on a
 * page, and waiting.
 *
 * @module
 */
export { createCall, type Answered, type Call, type CallOptions } from './call-host.ts';
export { ChatDriver } from './chat-driver.ts';
export { createHostProcess, type HostProcess, type HostSetup } from './host-process.ts';
export { createRawVisitor, type RawVisitor, type TurnAnswer } from './raw-visitor.ts';
export { rest, until } from './until.ts';
