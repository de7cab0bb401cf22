import { createHash, createHmac } from 'node:crypto';
import type { Turn, VisitorSession } from '@alur/protocol';
import { namesTag } from '../entity-tag.ts';
import { signVisitorToken, verifyIdentity, type VisitorCaller } from '../http/authenticate.ts';
import { reserve } from '../http/lookup-cache.ts';
import type { Answer, Handlers } from '../http/handlers.ts';
import type { Services } from '../http/services.ts';
import { contentDisposition } from '../files/file-name.ts';
import { readUpload } from '../files/read-upload.ts';
import { storeUpload } from '../files/store-upload.ts';
import type { VisitorGrant } from '../operations/visitors.ts';
import { canonical } from '../operations/compare-claim.ts';
import { HostProblem } from '../problem.ts';
import { waitForVisitorEvents } from '../streams/long-poll.ts';
import { streamVisitorEvents, takeVisitorPlace } from '../streams/visitor-stream.ts';
import { createFileResponse } from './file-response.ts';

const CACHE_ONE_MINUTE = 'public, max-age=60';
const CACHE_IMMUTABLE = 'public, max-age=31536000, immutable';

/** Handlers of the visitor API. */
export const widgetHandlers = {
  async getWidgetConfig({ database, clock, lookups }, { path: { inboxId }, context }) {
    const { accountId } = await lookups.inbox(inboxId);
    const config = await database.run('getWidgetConfig', { inboxId, accountId });
    const etag = `"${createHash('sha256').update(canonical(config)).digest('base64url').slice(0, 22)}"`;
    const headers = { ETag: etag, 'Cache-Control': CACHE_ONE_MINUTE };
    if (namesTag(context.req.header('If-None-Match') ?? '', etag)) return { status: 304, headers };
    return { status: 200, headers, body: { ...config, serverTime: new Date(clock()).toISOString() } };
  },

  async getPublicFlow({ database, lookups }, { path }) {
    const { accountId } = await lookups.inbox(path.inboxId);
    const flow = await database.run('getPublicFlow', { ...path, accountId });
    return { status: 200, body: flow, headers: { 'Cache-Control': CACHE_IMMUTABLE } };
  },

  async createVisitor(services, { path, body }) {
    const inbox = await services.lookups.inbox(path.inboxId);
    if (inbox.type !== 'web-livechat')
      throw new HostProblem('inbox_type', 'This inbox has no visitors of its own.');
    const identity =
      body?.identity === undefined ? null : await verifyIdentity(services, body.identity, inbox);
    const grant = await services.database.run('createVisitor', {
      accountId: inbox.accountId,
      inboxId: inbox.id,
      identity,
    });
    return grantAnswer(services, path.inboxId, grant, 201);
  },

  async refreshVisitor(services, { path: { inboxId }, body: { refreshToken }, address }) {
    const { accountId } = await services.lookups.inbox(inboxId);
    // The new token is derived from the old one and the host's secret. The host stores only hashes and can
    // still return the same new token twice.
    const successor = createHmac('sha256', services.secret)
      .update(`refresh ${refreshToken}`)
      .digest('base64url');
    const refund = reserve(services.misses, address);
    const grant = await services.database
      .run('refreshVisitor', { inboxId, accountId, token: refreshToken, successor })
      .catch((error: unknown) => {
        refund();
        throw error;
      });
    if (!grant)
      throw new HostProblem(
        'unauthenticated',
        'This refresh token is not valid any more. Create a new visitor.',
      );
    refund();
    return grantAnswer(services, inboxId, grant, 200);
  },

  async getVisitorConversation({ database }, { caller, query }) {
    const { limit = 50, before } = query;
    const body = await database.run('getVisitorConversation', {
      ...scopeOf(caller),
      limit,
      ...(before !== undefined && { before }),
    });
    return { status: 200, body, headers: { 'Cache-Control': 'no-store' } };
  },

  async submitTurn({ database }, { caller, body }) {
    const turn = body as Turn;
    if (turn.input.id !== turn.id)
      throw new HostProblem('invalid_request', 'The id of a turn is that of its input.', {
        fields: [{ path: '/input/id', message: 'must equal /id' }],
      });
    return { status: 200, body: await database.run('submitTurn', { ...scopeOf(caller), turn }) };
  },

  async listVisitorEvents(services, { caller, query, context, address }) {
    const { after = '', limit = 100, wait = 0 } = query;
    const signal = context.req.raw.signal;
    const input = { ...scopeOf(caller), after, limit };
    // A held poll costs as much as a stream, so it takes a place in the same limit.
    const free = wait > 0 ? takeVisitorPlace(services, caller.visitorId, address) : () => {};
    const page = await waitForVisitorEvents(services, input, wait, signal).finally(free);
    return { status: 200, body: page, headers: { 'Cache-Control': 'no-store' } };
  },

  async streamVisitorEvents(services, { caller, query, context, address }) {
    const after = context.req.header('Last-Event-ID') ?? query.after ?? '';
    streamVisitorEvents(services, { after, caller }, { context, address });
    return null;
  },

  async sendVisitorTyping({ database }, { caller }) {
    const { accountId, visitorId } = caller;
    const conversationId = await database.run('visitorConversationId', scopeOf(caller));
    if (conversationId !== null)
      database.notify({
        kind: 'typing',
        accountId,
        visitorId,
        conversationId,
        signal: { by: 'visitor', conversationId },
      });
    return { status: 204 };
  },

  async markVisitorRead({ database }, { caller, body }) {
    await database.run('markVisitorRead', { ...scopeOf(caller), seq: body.seq });
    return { status: 204 };
  },

  async rateSession({ database }, { caller, body: { id, session, score, comment } }) {
    const rating = { score, ...(comment !== undefined && { comment }) };
    await database.run('rateSession', { ...scopeOf(caller), id, session, rating });
    return { status: 204 };
  },

  async endSession({ database }, { caller, body: { id, session } }) {
    await database.run('endSession', { ...scopeOf(caller), id, session });
    return { status: 204 };
  },

  async getTranscript({ database }, { caller, query }) {
    const { language = 'id', timeZone = 'UTC' } = query;
    const { text, day } = await database.run('getTranscript', { ...scopeOf(caller), language, timeZone });
    return {
      status: 200,
      content: text,
      headers: {
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Disposition': contentDisposition('attachment', `transcript-${day}.txt`),
        'Cache-Control': 'no-store',
      },
    };
  },

  async eraseVisitor({ database, files }, { caller }) {
    // Delete most of the bytes first in small operations, so that turns of other visitors run in between.
    while (await files.run('deleteSomeAttachments', scopeOf(caller)));
    await database.run('eraseVisitor', scopeOf(caller));
    return { status: 204 };
  },

  async uploadAttachment(services, { caller, body, context }) {
    const upload = readUpload(body, context.req.header('Alur-File-Name'));
    return { status: 201, body: await storeUpload(services, scopeOf(caller), upload) };
  },

  async getVisitorAttachment(services, { caller, path: { attachmentId }, query, context, address }) {
    const input = { ...scopeOf(caller), attachmentId, size: query.size };
    const find = () => services.database.run('findVisitorAttachment', input);
    return createFileResponse(services, find, {
      context,
      address,
      accountId: caller.accountId,
      holder: caller.visitorId,
    });
  },
} satisfies Partial<Handlers>;

/** Returns visitor, inbox and account of the token: the scope of every database operation. */
function scopeOf({ visitorId, inboxId, accountId }: VisitorCaller) {
  return { visitorId, inboxId, accountId };
}

async function grantAnswer(
  services: Services,
  inboxId: string,
  grant: VisitorGrant,
  status: number,
): Promise<Answer> {
  const { visitorId, accountId, verified, refreshToken, family } = grant;
  const { token, expiresIn } = await signVisitorToken(services, { visitorId, inboxId, accountId, family });
  const body: VisitorSession = {
    visitorId,
    verified,
    token,
    refreshToken,
    expiresIn,
    serverTime: new Date(services.clock()).toISOString(),
  };
  return { status, body, headers: { 'Cache-Control': 'no-store' } };
}
