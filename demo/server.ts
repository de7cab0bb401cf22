/**
 * The demo's own web servers: static files with types, cache headers and compression, pages filled with URLs,
 * and handlers. A partner can use any web server instead.
 *
 * @module
 */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

/** A folder whose files are served below a path. */
export interface StaticMount {
  /** URL path such as `/cdn/`. Begins and ends with a slash. */
  path: string;
  folder: string;
  /** Whether pages of other origins may load these files (CORS). Default: no. */
  anyOrigin?: boolean;
}

/** A page: an HTML file that is served for some paths, with its own values and headers. */
export interface Page {
  matches(path: string): boolean;
  file: string;
  /** `%KEY%` in the file becomes the value, escaped for attributes. */
  fill?: Record<string, string>;
  headers?: Record<string, string>;
  /** Changes the filled HTML. Default: nothing is changed. */
  transform?: (html: string) => Promise<string>;
  /** Default: 200. */
  status?: number;
}

/** What one origin serves: handlers first, then pages, then files. */
export interface Site {
  handlers?: Record<string, (request: IncomingMessage, response: ServerResponse) => Promise<void>>;
  mounts: StaticMount[];
  pages: Page[];
  /** Called after pages and files. Default: the response is 404. */
  middleware?: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
}

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Build tools put a hash of the content into these names, so they can be cached without expiry. */
const HASHED = /-[\w-]{8,}\.\w+$/;

/** Returns a function that matches `path` and everything below it. */
export function isBelow(path: string): Page['matches'] {
  return (asked) => asked === path || asked.startsWith(`${path}/`);
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

/**
 * Creates a server for one origin. It does not listen yet. `site` is called at each request, so the site can
 * change.
 */
export function createPageServer(site: () => Site): Server {
  const compressed = new Map<string, Buffer>();

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = readPath(request.url ?? '/');
    const { handlers = {}, mounts, pages, middleware } = site();
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'strict-origin-when-cross-origin');
    const handler = path === null ? undefined : handlers[path];
    if (handler) return handler(request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return sendText(response, 405, 'Only GET and HEAD here.');
    if (path === null) return sendText(response, 400, 'This path cannot be read.');
    const page = pages.find((candidate) => candidate.matches(path));
    if (page) return sendPage(page, response);
    for (const mount of mounts) {
      if (path.startsWith(mount.path) && (await sendFile(mount, path, request, response))) return;
    }
    const sendNotFound = () => sendText(response, 404, `There is nothing at ${path}`);
    if (middleware) middleware(request, response, sendNotFound);
    else sendNotFound();
  }

  async function sendFile(
    mount: StaticMount,
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<boolean> {
    const file = join(mount.folder, normalize(path.slice(mount.path.length)));
    if (!file.startsWith(mount.folder + sep)) return false;
    const found = await stat(file).catch(() => null);
    if (!found?.isFile()) return false;
    const etag = `"${found.size.toString(36)}-${Math.floor(found.mtimeMs).toString(36)}"`;
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    response.setHeader('Content-Type', type);
    response.setHeader('ETag', etag);
    response.setHeader(
      'Cache-Control',
      HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
    );
    if (mount.anyOrigin) {
      response.setHeader('Access-Control-Allow-Origin', '*');
      response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
      response.setHeader('Timing-Allow-Origin', '*');
    }
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304).end();
      return true;
    }
    if (/^(text|application\/json|image\/svg)/.test(type)) {
      response.setHeader('Vary', 'Accept-Encoding');
      if (/\bbr\b/.test(String(request.headers['accept-encoding'] ?? ''))) {
        const key = `${file} ${etag}`;
        const body = compressed.get(key) ?? compress(await readFile(file));
        compressed.set(key, body);
        response.writeHead(200, { 'Content-Encoding': 'br', 'Content-Length': body.byteLength });
        response.end(request.method === 'HEAD' ? undefined : body);
        return true;
      }
    }
    response.writeHead(200, { 'Content-Length': found.size });
    if (request.method === 'HEAD') response.end();
    else createReadStream(file).pipe(response);
    return true;
  }

  return createServer((request, response) => {
    respond(request, response).catch((error: unknown) => {
      console.error(error);
      if (!response.headersSent) sendText(response, 500, 'The demo server failed; its terminal says why.');
      else response.destroy();
    });
  });
}

/** Returns the decoded path of a request target without its query; null when it is not a path. */
function readPath(target: string): string | null {
  try {
    const path = decodeURIComponent(new URL(target, 'http://localhost').pathname);
    return path.includes('\0') ? null : path;
  } catch {
    return null;
  }
}

/** Compresses at the highest level, because each file is compressed once. */
function compress(content: Buffer): Buffer {
  return brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
}

async function sendPage(page: Page, response: ServerResponse): Promise<void> {
  let html = await readFile(page.file, 'utf8');
  for (const [key, value] of Object.entries(page.fill ?? {})) {
    html = html.replaceAll(
      `%${key}%`,
      value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;'),
    );
  }
  if (page.transform) html = await page.transform(html);
  response.writeHead(page.status ?? 200, {
    'Content-Type': TYPES['.html'],
    'Cache-Control': 'no-cache',
    ...page.headers,
  });
  response.end(html);
}

/** Responds with plain text. */
export function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(`${text}\n`);
}

/** Responds with JSON that must not be cached. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
  });
  response.end(JSON.stringify(value));
}
