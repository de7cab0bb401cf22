/**
 * The demo's own web servers, on Hono: static files with types, cache headers and compression, pages filled
 * with URLs, and handlers. A partner can use any web server instead.
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type Handler } from 'hono';
import { compress } from 'hono/compress';
import { etag } from 'hono/etag';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Types of a request: the objects of Node are in `c.env`. */
export interface SiteEnv {
  Bindings: HttpBindings;
}

/** What one origin serves. */
export type Site = Hono<SiteEnv>;

/** An HTML file with its own values and headers. */
export interface Page {
  file: string;
  /** `%KEY%` in the file becomes the value, escaped for attributes. */
  fill?: Record<string, string>;
  headers?: Record<string, string>;
  /** Changes the filled HTML. Default: nothing is changed. */
  transform?: (html: string) => Promise<string>;
  /** Default: 200. */
  status?: ContentfulStatusCode;
}

/** A folder whose files are served below a path. */
export interface Folder {
  /** URL path such as `/cdn/`. Begins and ends with a slash. */
  path: string;
  folder: string;
  /** Whether pages of other origins may load these files (CORS). Default: no. */
  anyOrigin?: boolean;
}

/** Build tools put a hash of the content into these names, so they can be cached without expiry. */
const HASHED = /-[\w-]{8,}\.\w+$/;

/** Returns a site without routes. It compresses, and responds with 304 to a known ETag. */
export function createSite(): Site {
  const site: Site = new Hono<SiteEnv>({ strict: false });
  site.use(async (c, next) => {
    await next();
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'strict-origin-when-cross-origin');
  });
  // The ETag belongs to the uncompressed content: compress() makes it weak.
  site.use(compress(), etag());
  site.notFound((c) =>
    c.req.method === 'GET' || c.req.method === 'HEAD'
      ? c.text(`There is nothing at ${c.req.path}\n`, 404, { 'Cache-Control': 'no-store' })
      : c.text('Only GET and HEAD here.\n', 405, { 'Cache-Control': 'no-store' }),
  );
  site.onError((error, c) => {
    console.error(error);
    return c.text('The demo server failed; its terminal says why.\n', 500, { 'Cache-Control': 'no-store' });
  });
  return site;
}

/** Returns a handler that sends a page. */
export function sendPage({ file, fill = {}, headers = {}, transform, status = 200 }: Page): Handler<SiteEnv> {
  return async (c) => {
    let html = await readFile(file, 'utf8');
    for (const [key, value] of Object.entries(fill)) html = html.replaceAll(`%${key}%`, () => escape(value));
    if (transform) html = await transform(html);
    return c.html(html, status, { 'Cache-Control': 'no-cache', ...headers });
  };
}

/**
 * Serves the files of a folder. A file with a hash in its name is cached for a year. A `.br` file beside a
 * file is its compressed form.
 */
export function serveFolder(site: Site, { path, folder, anyOrigin = false }: Folder): void {
  site.use(
    `${path}*`,
    serveStatic<SiteEnv>({
      root: folder,
      precompressed: true,
      rewriteRequestPath: (requestPath) => requestPath.slice(path.length - 1),
      onFound: (_file, c) => {
        const isHashed = HASHED.test(c.req.path);
        c.header('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
        if (!anyOrigin) return;
        c.header('Access-Control-Allow-Origin', '*');
        c.header('Cross-Origin-Resource-Policy', 'cross-origin');
        c.header('Timing-Allow-Origin', '*');
      },
    }),
  );
}

/**
 * Creates a server for one origin. It does not listen yet. `site` is called at each request, so the site can
 * change.
 */
export function createPageServer(site: () => Site): Server {
  return createAdaptorServer({ fetch: (request, env) => site().fetch(request, env) }) as Server;
}

/** Starts listening on `port`, or on the next free one. Returns the port. */
export async function listen(server: Server, port: number): Promise<number> {
  for (let candidate = port; candidate < port + 50; candidate += 1) {
    const free = await new Promise<boolean>((resolve, reject) => {
      const onError = (error: NodeJS.ErrnoException): void => {
        if (error.code === 'EADDRINUSE') resolve(false);
        else reject(error);
      };
      server.once('error', onError);
      server.listen(candidate, '127.0.0.1', () => {
        server.off('error', onError);
        resolve(true);
      });
    });
    if (free) return (server.address() as AddressInfo).port;
  }
  throw new Error(`No free port between ${port} and ${port + 49}. Choose another with --port-base.`);
}

function escape(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
