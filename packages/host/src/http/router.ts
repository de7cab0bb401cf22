import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono, type Context } from 'hono';
import { MAX_FILE_BYTES } from '../files/read-upload.ts';
import { HostProblem, isHostProblem } from '../problem.ts';
import { authenticateDashboard, authenticateVisitor, type Caller } from './authenticate.ts';
import { loadContract, type Operation } from './contract.ts';
import { dashboardCors, widgetCors } from './cors.ts';
import { checkProblem, checkResponse } from './check-response.ts';
import type { Call, Handler, Handlers, HostEnv, OperationId } from './handlers.ts';
import { problemResponse } from './problem-response.ts';
import { readBody, readFileBody } from './read-body.ts';
import { tooMany } from './rate-limit.ts';
import { requireRole } from './roles.ts';
import type { Services } from './services.ts';

/** Options of the router. */
export interface RouterOptions {
  /** Also validates every response against the contract, and fails the request on a difference. For tests. */
  checkResponses: boolean;
}

const MAX_BODY = 64 * 1024;
const MAX_FLOW_BODY = 2 * 1024 * 1024;
/** Operations that carry a flow document. */
const FLOW_BODIES: ReadonlySet<string> = new Set(['createFlow', 'saveFlowVersion']);

/** Routes every operation of the contract to its handler. All operations pass the same checks. */
export function createRouter(services: Services, handlers: Handlers, options: RouterOptions): Hono<HostEnv> {
  const app = new Hono<HostEnv>();
  app.use(async (c, next) => {
    c.set('requestId', crypto.randomUUID());
    c.set('corsHeaders', {});
    // Requests made with app.request() have no connection.
    const remote = c.env?.incoming?.socket?.remoteAddress;
    c.set('address', services.clientAddress(remote, c.req.header('X-Forwarded-For')));
    c.header('X-Content-Type-Options', 'nosniff');
    await next();
  });
  app.use('/v1/widget/:inboxId/*', widgetCors(services));
  const forDashboards = dashboardCors(services);
  // The health response contains nothing confidential and may be requested from any origin.
  app.use('/v1/*', (c, next) =>
    c.req.path.startsWith('/v1/widget/') || c.req.path === '/v1/health' ? next() : forDashboards(c, next),
  );
  const { operations, validateProblem } = loadContract();
  for (const operation of operations) {
    const handle = handlers[operation.id as OperationId] as unknown as Handler<'listFlows'>;
    if (!handle) throw new Error(`No handler for ${operation.id} of the contract.`);
    app.on(operation.method.toUpperCase(), operation.path, async (c) => {
      const response = await handleCall(services, operation, handle, c);
      if (options.checkResponses && response !== RESPONSE_ALREADY_SENT)
        await checkResponse(operation, response);
      return response;
    });
  }
  app.notFound((c) =>
    problemResponse(
      new HostProblem('not_found', `There is no ${c.req.method} ${c.req.path} here.`),
      c.get('requestId'),
    ),
  );
  app.onError(async (error, c) => {
    if (isHostProblem(error) && error.code === 'rate_limited') await services.slowDown(c.get('address'));
    const response = problemResponse(error, c.get('requestId'), (unknown) =>
      services.logger.error(`${c.req.method} ${c.req.path} failed (request ${c.get('requestId')})`, unknown),
    );
    if (options.checkResponses) await checkProblem(validateProblem, response);
    for (const [name, value] of Object.entries(c.get('corsHeaders'))) response.headers.set(name, value);
    return response;
  });
  return app;
}

async function handleCall(
  services: Services,
  operation: Operation,
  handle: Handler<'listFlows'>,
  c: Context<HostEnv>,
): Promise<Response> {
  const address = c.get('address');
  const caller = await callerOf(services, operation, c, address);
  if (caller?.kind === 'dashboard') requireRole(caller, operation.id);
  limit(services, operation, caller, address);
  // An inbox that does not exist costs only this look-up, which is cached and rate-limited.
  const inboxId = operation.path.startsWith('/v1/widget/') ? c.req.param('inboxId') : undefined;
  if (inboxId !== undefined) await services.lookups.inbox(inboxId, address);
  const { path, query } = readParameters(operation, c);
  const result = await withUploadPlace(services, operation, { caller, address }, async () => {
    const body = await bodyOf(services, operation, c.req.raw, address);
    const call = { path, query, body, caller, address, context: c } as unknown as Call<'listFlows'>;
    return handle(services, call);
  });
  if (result === null) return RESPONSE_ALREADY_SENT;
  // Responses to token holders must not be stored in shared caches.
  if (caller) c.header('Cache-Control', 'no-store');
  for (const [name, value] of Object.entries(result.headers ?? {})) c.header(name, value);
  if (result.content !== undefined) return c.body(result.content, result.status as 200);
  return result.body === undefined
    ? c.body(null, result.status as 204)
    : c.json(result.body, result.status as 200);
}

async function bodyOf(
  { limits, limiter, after }: Services,
  operation: Operation,
  request: Request,
  address: string,
): Promise<unknown> {
  if (operation.validateBody) {
    const hasFlow = FLOW_BODIES.has(operation.id);
    return readBody(request, operation, { maxBytes: hasFlow ? MAX_FLOW_BODY : MAX_BODY, hasFlow, after });
  }
  if (!operation.takesFile) return undefined;
  const bytes = await readFileBody(request, MAX_FILE_BYTES, after);
  const wait = limits ? limiter.take(`bytes at ${address}`, limits.uploadBytesPerAddress, bytes.length) : 0;
  if (wait > 0) throw tooMany(wait);
  return bytes;
}

/**
 * Runs an upload while it holds its places: the file is in memory until it is stored. Runs any other
 * operation directly.
 */
async function withUploadPlace<Result>(
  { filePlaces }: Services,
  { takesFile }: Operation,
  { caller, address }: { caller: Caller | null; address: string },
  run: () => Promise<Result>,
): Promise<Result> {
  if (!takesFile || caller?.kind !== 'visitor') return run();
  const free = filePlaces.takeUpload({ accountId: caller.accountId, holder: caller.visitorId, address });
  try {
    return await run();
  } finally {
    free();
  }
}

async function callerOf(
  services: Services,
  { security }: Operation,
  c: Context<HostEnv>,
  address: string,
): Promise<Caller | null> {
  const authorization = c.req.header('Authorization');
  if (security === 'none') return null;
  if (security === 'visitor')
    return authenticateVisitor(services, authorization, c.req.param('inboxId') ?? '');
  const caller = await authenticateDashboard(services, authorization, address);
  const origin = c.req.header('Origin');
  if (origin !== undefined) {
    const account = await services.lookups.account(caller.accountId);
    if (!account?.dashboardOrigins.includes(origin))
      throw new HostProblem('origin_not_allowed', `Pages of ${origin} may not call for this account.`);
  }
  return caller;
}

function limit(services: Services, operation: Operation, caller: Caller | null, address: string): void {
  const { limits, limiter } = services;
  if (!limits || operation.id === 'getHealth') return;
  let wait: number;
  if (operation.id === 'createVisitor') wait = limiter.take(`visitors ${address}`, limits.visitorsPerAddress);
  else if (operation.id === 'submitTurn' && caller?.kind === 'visitor')
    wait =
      limiter.take(`turns ${caller.visitorId}`, limits.turnsPerVisitor) ||
      limiter.take(`turns at ${address}`, limits.turnsPerAddress);
  else if (operation.id === 'uploadAttachment' && caller?.kind === 'visitor')
    wait =
      limiter.take(`files ${caller.visitorId}`, limits.uploadsPerVisitor) ||
      limiter.take(`files at ${address}`, limits.uploadsPerAddress);
  else if (caller?.kind !== 'dashboard') wait = limiter.take(`calls ${address}`, limits.callsPerAddress);
  else if (operation.method !== 'get') wait = limiter.take(`writes ${caller.holder}`, limits.dashboardWrites);
  else return;
  if (wait > 0) throw tooMany(wait);
}

function readParameters(operation: Operation, c: Context<HostEnv>) {
  const header = Object.fromEntries(
    operation.parameters
      .filter((parameter) => parameter.in === 'header')
      .flatMap(({ name }) => {
        const value = c.req.header(name);
        return value === undefined ? [] : [[name, value]];
      }),
  );
  const values = { path: { ...c.req.param() } as object, query: { ...c.req.query() } as object, header };
  if (operation.validateParameters(values)) return values;
  const [first] = operation.validateParameters.errors ?? [];
  const where = first?.instancePath ?? '';
  // An invalid id is treated like one that does not exist.
  if (where.startsWith('/path')) throw new HostProblem('not_found', 'There is nothing under this address.');
  throw new HostProblem(
    'invalid_request',
    `${where.slice(1) || 'The call'} ${first?.message ?? 'is not as the contract says'}.`,
    {
      fields: [{ path: where, message: first?.message ?? '' }],
    },
  );
}
