import { createServer, request, type Server } from 'node:http';

/**
 * Creates a server that forwards every request to `origin` and applies `rewrite` to each line of the
 * responses.
 */
export function rewritingServer(origin: string, rewrite: (line: string) => string): Server {
  const { hostname, port } = new URL(origin);
  return createServer((incoming, response) => {
    const { url: path, method, headers } = incoming;
    const onward = request(
      // Compressed content has no lines.
      { hostname, port, path, method, headers: { ...headers, 'accept-encoding': 'identity' } },
      (answered) => {
        const { 'content-length': _, ...rest } = answered.headers;
        response.writeHead(answered.statusCode ?? 502, rest);
        let begun = '';
        answered.setEncoding('utf8');
        answered.on('data', (chunk: string) => {
          const lines = (begun + chunk).split('\n');
          begun = lines.pop()!;
          for (const line of lines) response.write(`${rewrite(line)}\n`);
        });
        answered.on('end', () => response.end(begun && rewrite(begun)));
      },
    );
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
}
