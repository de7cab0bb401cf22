import { createServer, request, type Server } from 'node:http';

/**
 * A server that asks `origin` for everything, and passes on what `rewrite` makes of each line of its answers.
 */
export function rewritingServer(origin: string, rewrite: (line: string) => string): Server {
  const { hostname, port } = new URL(origin);
  return createServer((incoming, response) => {
    const { url: path, method, headers } = incoming;
    const onward = request(
      // What is compressed has no lines.
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
