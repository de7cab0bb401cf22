/** One frame of a server-sent event stream. */
export interface Frame {
  /** Default, as in the standard: `message`. */
  event: string;
  data: string;
}

/**
 * Creates a parser for `text/event-stream` (HTML standard) that accepts chunks of any size. `push` returns
 * the frames that the chunk completes. Comments are ignored, and so are ids, because events contain their
 * cursor.
 */
export function createFrameParser(): { push(chunk: string): Frame[] } {
  let rest = '';
  let event = '';
  let data: string[] = [];

  function readLine(line: string, frames: Frame[]) {
    if (line === '') {
      if (data.length > 0) frames.push({ event: event || 'message', data: data.join('\n') });
      event = '';
      data = [];
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') event = value;
    else if (field === 'data') data.push(value);
  }

  return {
    push(chunk) {
      const frames: Frame[] = [];
      // A trailing CR may be half of a CRLF. Keep it until the next chunk.
      const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop()!;
      for (const line of lines) readLine(line, frames);
      return frames;
    },
  };
}
