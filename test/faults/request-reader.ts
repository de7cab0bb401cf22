/** One whole HTTP/1.1 request as it came over the line. */
export interface SeenRequest {
  /** How many requests this proxy saw before it. */
  index: number;
  /** When it was whole, on the clock of `performance.now()`. */
  at: number;
  method: string;
  /** Path and query, as in the request line. */
  target: string;
  headers: ReadonlyMap<string, string>;
  body: string;
  /** Every byte of it. */
  raw: Buffer;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * Cuts what a client sends over one connection into requests. Bodies are found by their `Content-Length`,
 * which is how a `fetch` with a text body sends them.
 */
export function createRequestReader(): { push(chunk: Buffer): Omit<SeenRequest, 'index' | 'at'>[] } {
  let rest = Buffer.alloc(0);
  return {
    push(chunk) {
      rest = Buffer.concat([rest, chunk]);
      const requests: Omit<SeenRequest, 'index' | 'at'>[] = [];
      for (;;) {
        const request = takeOne(rest);
        if (!request) return requests;
        rest = rest.subarray(request.raw.length);
        requests.push(request);
      }
    },
  };
}

function takeOne(bytes: Buffer): Omit<SeenRequest, 'index' | 'at'> | null {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return null;
  const [requestLine = '', ...lines] = bytes.subarray(0, headEnd).toString('latin1').split('\r\n');
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  const bodyStart = headEnd + HEAD_END.length;
  const end = bodyStart + Number(headers.get('content-length') ?? 0);
  if (bytes.length < end) return null;
  const [method = '', target = ''] = requestLine.split(' ');
  const body = bytes.subarray(bodyStart, end).toString();
  return { method, target, headers, body, raw: Buffer.from(bytes.subarray(0, end)) };
}
