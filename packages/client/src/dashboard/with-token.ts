import { isClientError } from '../client-error.ts';

/** Returns a dashboard token. Must return another one than `refused`, which the host has just rejected. */
export type GetToken = (refused?: string) => string | Promise<string>;

/**
 * Calls `call` with a token. Calls it once more if the host rejects the token and `getToken` returns another
 * one.
 */
export async function withToken<T>(getToken: GetToken, call: (token: string) => Promise<T>): Promise<T> {
  const token = await getToken();
  try {
    return await call(token);
  } catch (error) {
    if (!isClientError(error) || error.status !== 401) throw error;
    const another = await getToken(token);
    if (another === token) throw error;
    return call(another);
  }
}
