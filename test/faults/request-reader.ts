/** One complete HTTP/1.1 request as received. */
export interface SeenRequest {
  /** Number of earlier requests of this proxy. */
  index: number;
  /** When it was complete, on the clock of `performance.now()`. */
  at: number;
  method: string;
  /** Path and query, as in the request line. */
  target: string;
  headers: ReadonlyMap<string, string>;
  body: string;
  /** All its bytes. */
  raw: Buffer;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * Splits the bytes of one connection into requests. Reads bodies by their `Content-Length`, which a `fetch`
 * with a text body sends.
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
