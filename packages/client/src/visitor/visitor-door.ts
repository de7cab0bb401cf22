import type { Call } from '../request.ts';

/** Sends a request with a token to `path` of the visitor API. Returns the result of `read`. */
export type VisitorDoor = <T>(
  path: string,
  call: Omit<Call, 'url' | 'token'>,
  read: (response: Response) => Promise<T>,
) => Promise<T>;
