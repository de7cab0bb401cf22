import type { Call } from '../request.ts';

/**
 * Makes a call at the visitor's door, with a token and under `path` there, and gives what `read` makes of its
 * answer.
 */
export type VisitorDoor = <T>(
  path: string,
  call: Omit<Call, 'url' | 'token'>,
  read: (response: Response) => Promise<T>,
) => Promise<T>;
