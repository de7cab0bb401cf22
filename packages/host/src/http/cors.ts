import type { Context, MiddlewareHandler } from 'hono';
import type { HostEnv } from './router.ts';
import { HostProblem, isHostProblem } from '../problem.ts';
import type { Services } from './services.ts';

const PREFLIGHT_SECONDS = '7200';
const METHODS = 'GET, POST, PUT, PATCH, DELETE';
const REQUEST_HEADERS = 'Authorization, Content-Type, If-Match, If-None-Match, Last-Event-ID, Alur-File-Name';
// A `Retry-After` that is a date is read from the host's clock.
const RESPONSE_HEADERS = 'ETag, Retry-After, Date';
const ALLOW = 'Access-Control-Allow-Origin';

/**
 * Cross-origin rules of one door. `isAllowed` says whether a page of this origin may call. No cookies are
 * taken anywhere, so there is no credentials mode. Calls without an `Origin` do not come from a page and
 * pass: origins limit embedding, not access.
 */
function cors(
  isAllowed: (c: Context<HostEnv>, origin: string) => Promise<boolean>,
): MiddlewareHandler<HostEnv> {
  return async (c, next) => {
    // Kept apart from the answer as well: streams and problems are answered without Hono's own headers.
    const headers: Record<string, string> = { Vary: 'Origin' };
    c.set('corsHeaders', headers);
    c.header('Vary', 'Origin');
    const origin = c.req.header('Origin');
    if (origin === undefined) return next();
    if (!(await isAllowed(c, origin))) {
      // That one refusal may be read: it tells the page's owner what is wrong, and nobody anything else.
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

/** The visitor's door: the origins of the inbox in the path; none listed means any. */
export function widgetCors({ lookups }: Services): MiddlewareHandler<HostEnv> {
  return cors(async (c, origin) => {
    try {
      const { origins } = await lookups.inbox(c.req.param('inboxId') ?? '', c.get('address'));
      return origins.length === 0 || origins.includes(origin);
    } catch (error) {
      // The page may read that there is no such inbox; there is nothing here to protect.
      if (isHostProblem(error) && error.code === 'not_found') return true;
      throw error;
    }
  });
}

/**
 * The dashboard's door. A preflight carries no token, so it is measured against every account's list; the
 * call itself against its own.
 */
export function dashboardCors({ lookups }: Services): MiddlewareHandler<HostEnv> {
  return cors(async (_c, origin) => (await lookups.dashboardOrigins()).includes(origin));
}
