import type { HttpBindings } from '@hono/node-server';
import type { operations } from '@alur/protocol';
import type { Context } from 'hono';
import type { DashboardCaller, VisitorCaller } from './authenticate.ts';
import type { Services } from './services.ts';

export type OperationId = keyof operations;

type PathOf<Id extends OperationId> = operations[Id]['parameters'] extends { path: infer P } ? P : object;
type QueryOf<Id extends OperationId> = operations[Id]['parameters'] extends { query?: infer Q }
  ? NonNullable<Q>
  : object;
type BodyOf<Id extends OperationId> = operations[Id] extends {
  requestBody: { content: { 'application/json': infer B } };
}
  ? B
  : operations[Id] extends { requestBody?: { content: { 'application/json': infer B } } }
    ? B | undefined
    : operations[Id] extends { requestBody: { content: { 'application/octet-stream': unknown } } }
      ? Uint8Array
      : undefined;
type CallerOf<Id extends OperationId> = Id extends 'getInbox' | 'updateInbox'
  ? DashboardCaller
  : operations[Id]['parameters'] extends { path: { inboxId: string } }
    ? VisitorCaller
    : DashboardCaller;
/** Operations of the dashboard API. */
export type DashboardOperationId = Exclude<
  { [Id in OperationId]: CallerOf<Id> extends DashboardCaller ? Id : never }[OperationId],
  'getHealth'
>;

/** One call, validated against the contract. */
export interface Call<Id extends OperationId> {
  path: PathOf<Id>;
  /** With the contract's defaults filled in. */
  query: QueryOf<Id>;
  body: BodyOf<Id>;
  caller: CallerOf<Id>;
  address: string;
  context: Context<HostEnv>;
}

/**
 * Response of a handler. The body is sent as JSON, `content` unchanged, under the type in `headers`. A
 * handler that wrote to the socket itself (a stream) returns null.
 */
export interface Answer {
  status: number;
  body?: object;
  content?: ReadableStream<Uint8Array<ArrayBuffer>> | string;
  headers?: Record<string, string>;
}

export type Handler<Id extends OperationId> = (services: Services, call: Call<Id>) => Promise<Answer | null>;
/** One handler for every operation of the contract. */
export type Handlers = { [Id in OperationId]: Handler<Id> };

/**
 * Variables that middleware sets for handlers: the request's id, the caller's address, and the cross-origin
 * headers of the response.
 */
export type HostEnv = {
  Bindings: HttpBindings;
  Variables: { requestId: string; corsHeaders: Record<string, string>; address: string };
};
