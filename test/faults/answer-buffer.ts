/**
 * Buffers a response like a buffering proxy: passes nothing on before `size` bytes have arrived or the
 * response is complete. An event stream is never complete, so its first frames are held back.
 */
export function createAnswerBuffer(size: () => number, pass: (bytes: Buffer) => void) {
  let held = Buffer.alloc(0);
  return {
    push(bytes: Buffer): void {
      if (size() === 0 && held.length === 0) return pass(bytes);
      held = Buffer.concat([held, bytes]);
      if (held.length >= size() || isWhole(held)) this.flush();
    },
    flush(): void {
      const bytes = held;
      held = Buffer.alloc(0);
      if (bytes.length > 0) pass(bytes);
    },
  };
}

function isWhole(answer: Buffer): boolean {
  const headEnd = answer.indexOf('\r\n\r\n');
  if (headEnd < 0) return false;
  const head = answer.subarray(0, headEnd).toString('latin1');
  if (/^HTTP\/1\.1 (204|304)/.test(head)) return true;
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length !== undefined) return answer.length >= headEnd + 4 + Number(length);
  return /^transfer-encoding: *chunked/im.test(head) && answer.subarray(-5).toString() === '0\r\n\r\n';
}
