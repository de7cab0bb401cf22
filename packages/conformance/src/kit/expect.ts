import { isDeepStrictEqual } from 'node:util';
import type { Answer } from './answer.ts';

/** Thrown by a check when the host violates the contract. */
export class Unmet extends Error {
  readonly expected: string;
  readonly came: string;

  constructor(expected: string, came: string) {
    super(`expected ${expected}; came ${came}`);
    this.expected = expected;
    this.came = came;
  }
}

/** Thrown by a check that cannot run here (an option is missing, the account has no AI agent). */
export class NotRun extends Error {}

/** Formats a value for a report: short, on one line. */
export function show(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

/** Formats a response for a report: status, problem code, and the beginning of the body. */
export function showAnswer(answer: Answer): string {
  return `${answer.status} ${show(answer.text || '(no body)')}`;
}

export function expectThat(holds: boolean, expected: string, came: unknown): asserts holds {
  if (!holds) throw new Unmet(expected, show(came));
}

export function expectEqual(came: unknown, wanted: unknown, what: string): void {
  if (!isDeepStrictEqual(came, wanted)) throw new Unmet(`${what}: ${show(wanted)}`, show(came));
}

/** Throws `Unmet` unless the response has one of these statuses. */
export function expectStatus(answer: Answer, status: number | number[], what: string): void {
  const wanted = [status].flat();
  if (!wanted.includes(answer.status)) throw new Unmet(`${what}: ${wanted.join(' or ')}`, showAnswer(answer));
}

/** Throws `Unmet` unless the response is a problem with this status and one of these codes. */
export function expectProblem(
  answer: Answer,
  status: number | number[],
  code: string | string[],
  what: string,
): void {
  const codes = [code].flat();
  const statuses = [status].flat();
  const body = answer.body as { code?: unknown } | undefined;
  if (!statuses.includes(answer.status) || !codes.includes(String(body?.code)))
    throw new Unmet(`${what}: ${statuses.join(' or ')} ${codes.join(' or ')}`, showAnswer(answer));
}
