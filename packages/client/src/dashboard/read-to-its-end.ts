import type { Attempt } from '../request.ts';

/** Time limit for silence of the host: before it responds, and between two chunks of a long response. */
export const SILENCE_MS = 20_000;

/** Reads a response to its end into memory. The time limit restarts with each chunk. */
export async function readToItsEnd(response: Response, attempt: Attempt): Promise<Response> {
  const { signal } = attempt;
  const reader = response.clone().body?.getReader();
  // Some `fetch` implementations do not end a pending body read on abort. The clone and the original both
  // hold the body.
  const cancelBodies = () => {
    for (const body of [reader, response.body]) void body?.cancel().catch(() => {});
  };
  signal.addEventListener('abort', cancelBodies);
  let chunk = await reader?.read();
  while (chunk?.done === false && !signal.aborted) {
    attempt.wait(SILENCE_MS);
    chunk = await reader?.read();
  }
  // The response may have arrived after the abort.
  if (signal.aborted) cancelBodies();
  return response;
}
