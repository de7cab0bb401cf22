/**
 * A server for one origin of a test, on a free port of this machine.
 *
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TestOrigin {
  /** For example `http://127.0.0.1:40123`. */
  url: string;
  close(): void;
}

/** Serves the responses of `respond`. A missing file is a 404, any other error a 500 with its message. */
export async function serve(
  respond: (path: string, response: ServerResponse, request: IncomingMessage) => Promise<void> | void,
): Promise<TestOrigin> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    void (async () => respond(pathname, response, request))().catch((error: unknown) => {
      response.writeHead((error as { code?: string }).code === 'ENOENT' ? 404 : 500).end(String(error));
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
