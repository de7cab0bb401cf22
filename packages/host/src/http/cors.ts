import type { Context, MiddlewareHandler } from 'hono';
import type { HostEnv } from './handlers.ts';
import { HostProblem, isHostProblem } from '../problem.ts';
import type { Services } from './services.ts';

const PREFLIGHT_SECONDS = '7200';
const METHODS = 'GET, POST, PUT, PATCH, DELETE';
const REQUEST_HEADERS = 'Authorization, Content-Type, If-Match, If-None-Match, Last-Event-ID, Alur-File-Name';
// Clients need the host's clock to read a `Retry-After` that is a date.
const RESPONSE_HEADERS = 'ETag, Retry-After, Date';
const ALLOW = 'Access-Control-Allow-Origin';

/**
 * Creates the cross-origin middleware of one API. `isAllowed` returns whether pages of an origin may call.
 * The host uses no cookies, so there is no credentials mode. A call without `Origin` does not come from a
 * page and is allowed: origins limit embedding, not access.
 */
function cors(
  isAllowed: (c: Context<HostEnv>, origin: string) => Promise<boolean>,
): MiddlewareHandler<HostEnv> {
  return async (c, next) => {
    // Stored separately as well: streams and problems are sent without Hono's own headers.
    const headers: Record<string, string> = { Vary: 'Origin' };
    c.set('corsHeaders', headers);
    c.header('Vary', 'Origin');
    const origin = c.req.header('Origin');
    if (origin === undefined) return next();
    if (!(await isAllowed(c, origin))) {
      // Pages may read this one refusal: it shows the page's owner what is wrong, and contains nothing
      // confidential.
      if (c.req.method === 'GET' && c.req.path.endsWith('/config')) headers[ALLOW] = origin;
      throw new HostProblem(
        'origin_not_allowed',
        `Pages of ${origin} may not call here. Add the origin in the settings.`,
      );
    }
    headers[ALLOW] = origin;
    headers['Access-Control-Expose-Headers'] = RESPONSE_HEADERS;
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    if (c.req.method === 'OPTIONS') {
      c.header('Access-Control-Allow-Methods', METHODS);
      c.header('Access-Control-Allow-Headers', REQUEST_HEADERS);
      c.header('Access-Control-Max-Age', PREFLIGHT_SECONDS);
      return c.body(null, 204);
    }
    return next();
  };
}

/**
 * Creates the middleware of the visitor API: the origins of the inbox in the path. An empty list allows any
 * origin.
 */
export function widgetCors({ lookups }: Services): MiddlewareHandler<HostEnv> {
  return cors(async (c, origin) => {
    try {
      const { origins } = await lookups.inbox(c.req.param('inboxId') ?? '', c.get('address'));
      return origins.length === 0 || origins.includes(origin);
    } catch (error) {
      // The page may read that the inbox does not exist: this is not confidential.
      if (isHostProblem(error) && error.code === 'not_found') return true;
      throw error;
    }
  });
}

/**
 * Creates the middleware of the dashboard API. A preflight carries no token, so it is checked against the
 * lists of all accounts; the call itself is checked against its own account.
 */
export function dashboardCors({ lookups }: Services): MiddlewareHandler<HostEnv> {
  return cors(async (_c, origin) => (await lookups.dashboardOrigins()).includes(origin));
}
