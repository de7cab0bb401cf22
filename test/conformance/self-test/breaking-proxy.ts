/**
 * A proxy in front of a host that breaks one thing. The host itself does not change, so a failed check has
 * exactly one cause.
 *
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';

export interface Passed {
  method: string;
  /** Path and query. */
  path: string;
  headers: Headers;
  body: string;
}

export interface Returned {
  status: number;
  headers: Headers;
  /** Streams and files are passed on as they arrive. */
  body: string | ReadableStream;
}

/** Changes a request, a response, or both. */
export type Fault = (request: Passed, forward: (request: Passed) => Promise<Returned>) => Promise<Returned>;

export interface Proxy {
  base: string;
  close(): Promise<void>;
}

/** Headers of one connection (hop-by-hop). */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'content-encoding',
  'host',
];

function clean(headers: Headers): Headers {
  for (const name of HOP_BY_HOP) headers.delete(name);
  return headers;
}

/** Serves `target` with one fault on a free port. */
export async function startProxy(target: string, fault: Fault): Promise<Proxy> {
  const server = createServer((request, response) => {
    serve(target, fault, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  target: string,
  fault: Fault,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const bytes = Buffer.concat(await request.toArray());
  const text = bytes.toString();
  const forward = async ({ method, path, headers, body }: Passed): Promise<Returned> => {
    const answer = await fetch(target + path, {
      method,
      headers: clean(new Headers(headers)),
      redirect: 'manual',
      signal: gone.signal,
      // A file is not text: an unchanged body is passed on as bytes.
      ...(body !== '' && { body: body === text ? bytes : body }),
    });
    const isText = !answer.body || (answer.headers.get('content-type') ?? '').includes('json');
    return {
      status: answer.status,
      headers: clean(new Headers(answer.headers)),
      body: isText ? await answer.text() : (answer.body as ReadableStream),
    };
  };
  const answer = await fault(
    {
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: new Headers(request.headers as Record<string, string>),
      body: text,
    },
    forward,
  );
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (typeof answer.body === 'string') {
    response.end(answer.body);
    return;
  }
  response.flushHeaders();
  const body = Readable.fromWeb(answer.body);
  // Either side can close a stream.
  body.on('error', () => response.destroy());
  body.pipe(response);
}
