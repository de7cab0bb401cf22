import { isClientError } from '../client-error.ts';

/** Gives a dashboard token; another one than `refused`, to which the host has just said no. */
export type GetToken = (refused?: string) => string | Promise<string>;

/** Makes a call with a token, and once more when the host refuses it and there is another one. */
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
