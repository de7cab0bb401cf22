/** Options of a run. */
export interface KitOptions {
  /** Base URL of the host, for example `http://localhost:8787`. */
  base: string;
  /** An API key or a JWT with the role `admin`, of an account for tests. */
  token: string;
  /** Inbox under test. Default: the first one of type `web-livechat`. */
  inbox?: string;
  /** Another inbox of the account. Default: a `whatsapp` one, else any other. */
  otherInbox?: string;
  /** A dashboard token of another account, for the tenancy checks that need one. */
  foreignToken?: string;
  /** The inbox's identity key, for the checks about verified visitors. */
  identityKey?: string;
  /** The account's id and its signing key, for the checks about dashboard JWTs. */
  accountId?: string;
  signingKey?: string;
  /** Whether to run the checks that must wait (a heartbeat of a stream takes 15 s). Default: true. */
  slow?: boolean;
}
