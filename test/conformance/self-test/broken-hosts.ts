/**
 * Hosts that break one rule each, and the check that must detect them.
 *
 * @module
 */
import { TextDecoderStream, TextEncoderStream, TransformStream } from 'node:stream/web';
import { ENGINE_REVISION } from '@alur/flow';
import type {
  EventPage,
  FlowDetail,
  FlowStatistics,
  InboxUpdate,
  PublicFlow,
  TurnResult,
  WidgetConfig,
} from '@alur/protocol';
import { uuid7 } from '../../../packages/conformance/src/kit/ids.ts';
import type { Fault, Passed, Returned } from './breaking-proxy.ts';

export interface BrokenHost {
  /** The fault of the host. */
  name: string;
  /** The id of the check that must detect it. */
  caughtBy: string;
  /** Part of that check's expectation: it must fail for the right reason. */
  misses: string;
  /** Creates the fault. Called for each host, because some faults have state. */
  fault(): Fault;
}

interface Save {
  flow: { name: string };
  baseVersion?: number;
  saveId?: string;
}

interface Turn {
  id: string;
  seq: number;
  input: { id: string };
  effects?: object[];
  engineRevision?: number;
}

const isTurn = ({ method, path }: Passed): boolean => method === 'POST' && path.endsWith('/turns');
const isPost = ({ method, path }: Passed, what: string): boolean =>
  method === 'POST' && path.endsWith(`/${what}`);
const isLog = ({ path }: Passed): boolean => /\/events(\?|$)/.test(path);
const isStream = ({ path }: Passed): boolean => /\/stream(\?|$)/.test(path);
const isSave = ({ method, path }: Passed): boolean =>
  method === 'POST' && /\/v1\/flows\/[^/]+\/versions$/.test(path);
const isInboxUpdate = ({ method, path }: Passed): boolean =>
  method === 'PATCH' && /\/v1\/inboxes\/[^/]+$/.test(path);
const read = <T>(message: { body: unknown }): T => JSON.parse(message.body as string) as T;
const isProblem = (answer: Returned, code: string): boolean =>
  answer.status >= 400 && read<{ code?: string }>(answer).code === code;

function written<M extends { body: unknown }>(message: M, body: unknown): M {
  return { ...message, body: JSON.stringify(body) };
}

/** Returns a save based on the newest version. */
async function onNewest(request: Passed, forward: Parameters<Fault>[1]): Promise<Passed> {
  const path = request.path.replace(/\/versions$/, '');
  const current = await forward({ ...request, method: 'GET', path, body: '' });
  const { version: baseVersion } = read<{ summary: { version: number } }>(current).summary;
  return written(request, { ...read<Save>(request), baseVersion });
}

export const brokenHosts: readonly BrokenHost[] = [
  {
    name: 'stores a turn again when it is sent again',
    caughtBy: 'turns/idempotent',
    misses: 'the recorded result',
    fault: () => {
      const known = new Set<string>();
      return async (request, forward) => {
        if (!isTurn(request)) return forward(request);
        const turn = read<Turn>(request);
        const again = known.has(turn.id);
        known.add(turn.id);
        if (!again) return forward(request);
        const id = uuid7();
        const answer = await forward(written(request, { ...turn, id, input: { ...turn.input, id } }));
        return written(answer, { ...read<TurnResult>(answer), turnId: turn.id, replayed: true });
      };
    },
  },
  {
    name: 'loses a race between equal turns, and stores two of fifty',
    caughtBy: 'turns/idempotent-50',
    misses: 'answers with replayed: false',
    fault: () => {
      const counts = new Map<string, number>();
      return async (request, forward) => {
        if (!isTurn(request)) return forward(request);
        const turn = read<Turn>(request);
        const count = (counts.get(turn.id) ?? 0) + 1;
        counts.set(turn.id, count);
        if (count !== 25) return forward(request);
        const id = uuid7();
        const answer = await forward(written(request, { ...turn, id, input: { ...turn.input, id } }));
        return written(answer, { ...read<TurnResult>(answer), turnId: turn.id });
      };
    },
  },
  {
    name: 'takes an id that was used for something else',
    caughtBy: 'turns/id-reused',
    misses: '422 id_reused',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (!isTurn(request) || !isProblem(answer, 'id_reused')) return answer;
      const id = uuid7();
      const turn = read<Turn>(request);
      return forward(written(request, { ...turn, id, input: { ...turn.input, id } }));
    },
  },
  {
    name: 'overlooks a gap in the numbers of turns',
    caughtBy: 'turns/sequence-gap',
    misses: '409 sequence_gap',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (!isTurn(request) || !isProblem(answer, 'sequence_gap')) return answer;
      const { expected } = read<{ expected: number }>(answer);
      return forward(written(request, { ...read<Turn>(request), seq: expected }));
    },
  },
  {
    name: 'believes what the widget claims',
    caughtBy: 'turns/claim-forged',
    misses: 'verdict and reason of nothing: ["corrected"',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (!isTurn(request) || answer.status !== 200) return answer;
      const { effects } = read<Turn>(request);
      if (!effects) return answer;
      return written(answer, { ...read<TurnResult>(answer), verdict: 'equal', effects });
    },
  },
  {
    name: 'takes a repeated rating for a new one',
    caughtBy: 'rating/last-wins',
    misses: 'score after 2, 5, and a repetition of the 2',
    fault: () => (request, forward) =>
      forward(
        isPost(request, 'rating') ? written(request, { ...read<object>(request), id: uuid7() }) : request,
      ),
  },
  {
    name: 'stores a message without the file that it does not know',
    caughtBy: 'attachments/unknown',
    misses: '422 unknown_reference',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (!isTurn(request) || !isProblem(answer, 'unknown_reference')) return answer;
      const turn = read<Turn>(request);
      return forward(written(request, { ...turn, input: { ...turn.input, attachments: [] } }));
    },
  },
  {
    name: 'shows whatever was sent in place',
    caughtBy: 'attachments/served',
    misses: 'Content-Disposition attachment',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (answer.headers.has('content-disposition')) answer.headers.set('content-disposition', 'inline');
      return answer;
    },
  },
  {
    name: 'serves a photo as the camera wrote it',
    caughtBy: 'attachments/metadata',
    misses: 'no Exif in the stored photo',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      const isPhoto = answer.headers.get('content-type') === 'image/jpeg';
      return isPhoto ? { ...answer, body: '\xff\xd8\xff\xe1\0\0Exif\0\0' } : answer;
    },
  },
  {
    name: 'gives the whole picture as its thumbnail',
    caughtBy: 'attachments/thumbnail',
    misses: 'size of the thumbnail',
    fault: () => async (request, forward) =>
      forward({ ...request, path: request.path.replace('size=thumbnail', 'size=original') }),
  },
  {
    name: 'says that it erased, and did not',
    caughtBy: 'erase/gone',
    misses: 'without what the visitor said',
    fault: () => async (request, forward) =>
      request.method === 'DELETE' && request.path.endsWith('/visitor')
        ? { status: 204, headers: new Headers(), body: '' }
        : forward(request),
  },
  {
    name: 'writes transcripts as pages',
    caughtBy: 'transcript/text',
    misses: 'content type',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (request.path.includes('/transcript'))
        answer.headers.set('content-type', 'text/html; charset=utf-8');
      return answer;
    },
  },
  {
    name: 'counts a card again each time a run comes through',
    caughtBy: 'statistics/cards',
    misses: 'runs and times by card',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (!request.path.includes('/statistics') || answer.status !== 200) return answer;
      const counts = read<FlowStatistics>(answer);
      return written(answer, {
        ...counts,
        cards: counts.cards.map((card) => ({ ...card, runs: card.times })),
      });
    },
  },
  {
    name: 'counts no turn as corrected',
    caughtBy: 'statistics/corrected',
    misses: 'a wrong claim sent twice',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (!request.path.includes('/statistics') || answer.status !== 200) return answer;
      return written(answer, { ...read<FlowStatistics>(answer), corrected: 0 });
    },
  },
  {
    name: 'counts turns of other engine revisions as corrected',
    caughtBy: 'statistics/revision',
    misses: 'claims of other revisions',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (!request.path.includes('/statistics') || answer.status !== 200) return answer;
      const counts = read<FlowStatistics>(answer);
      return written(answer, { ...counts, corrected: counts.runs });
    },
  },
  {
    name: 'does not look at the engine revision of a claim',
    caughtBy: 'turns/claim-revision',
    misses: 'a wrong claim of an older revision',
    fault: () => (request, forward) => {
      if (!isTurn(request)) return forward(request);
      const turn = read<Turn>(request);
      return forward(turn.effects ? written(request, { ...turn, engineRevision: ENGINE_REVISION }) : request);
    },
  },
  {
    name: 'sends office hours in local time',
    caughtBy: 'config/office-hours',
    misses: 'in Jakarta',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (!request.path.endsWith('/config') || answer.status !== 200) return answer;
      const config = read<WidgetConfig>(answer);
      const officeHours = config.officeHours?.map((times) => times.map((ms) => ms + 7 * 3_600_000));
      return written(answer, { ...config, ...(officeHours && { officeHours }) });
    },
  },
  {
    name: 'ends whatever session is open',
    caughtBy: 'end/late',
    misses: 'status of the session opened since',
    fault: () => (request, forward) =>
      forward(
        isPost(request, 'end')
          ? written(request, { ...read<object>(request), id: uuid7(), session: uuid7() })
          : request,
      ),
  },
  {
    name: 'lists two events in the wrong order',
    caughtBy: 'events/order',
    misses: 'seq of the whole log',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (!isLog(request) || answer.status !== 200) return answer;
      const page = read<EventPage>(answer);
      const [first, second, ...rest] = page.events;
      return first && second ? written(answer, { ...page, events: [second, first, ...rest] }) : answer;
    },
  },
  {
    name: 'forgets the cursor and begins again',
    caughtBy: 'events/catch-up',
    misses: 'catching up comes to an end',
    fault: () => (request, forward) =>
      forward(isLog(request) ? { ...request, path: request.path.replace(/after=[^&]*/, '') } : request),
  },
  {
    name: 'skips the event after the cursor',
    caughtBy: 'events/catch-up',
    misses: 'the log read one event at a time',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (!isLog(request) || answer.status !== 200 || !/after=[^&]/.test(request.path)) return answer;
      const page = read<EventPage>(answer);
      return written(answer, { ...page, events: page.events.slice(1) });
    },
  },
  {
    name: 'ignores Last-Event-ID on a stream',
    caughtBy: 'streams/last-event-id',
    misses: 'seq over six streams',
    fault: () => (request, forward) => {
      request.headers.delete('last-event-id');
      return forward(request);
    },
  },
  {
    name: 'promises a heartbeat every second and sends none',
    caughtBy: 'streams/heartbeat',
    misses: 'a comment within 4000 ms',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (!isStream(request) || typeof answer.body === 'string') return answer;
      const hurry = new TransformStream<string, string>({
        // The host's timer serves all streams: its next comment can be due within the check's wait.
        transform: (text, out) =>
          out.enqueue(
            text.replace(/"heartbeatSeconds":\d+/, '"heartbeatSeconds":1').replaceAll(/^:\n\n/gm, ''),
          ),
      });
      const body = answer.body
        .pipeThrough(new TextDecoderStream())
        .pipeThrough(hurry)
        .pipeThrough(new TextEncoderStream());
      return { ...answer, body };
    },
  },
  {
    name: 'overwrites a version that another author saved',
    caughtBy: 'flows/base-version',
    misses: '412 version_conflict',
    fault: () => async (request, forward) => {
      if (!isSave(request) || read<Save>(request).baseVersion === undefined) return forward(request);
      return forward(await onNewest(request, forward));
    },
  },
  {
    name: 'lets If-Match decide where a base version stands in the body',
    caughtBy: 'flows/base-version',
    misses: '412 version_conflict',
    fault: () => async (request, forward) => {
      if (!isSave(request) || !request.headers.has('if-match')) return forward(request);
      const { baseVersion: _, ...save } = read<Save>(request);
      return forward(written(request, save));
    },
  },
  {
    name: 'compares versions first and saves later',
    caughtBy: 'flows/one-winner',
    misses: 'statuses',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (!isSave(request) || !isProblem(answer, 'version_conflict')) return answer;
      return forward(await onNewest(request, forward));
    },
  },
  {
    name: 'makes another version when a save is repeated',
    caughtBy: 'flows/save-id',
    misses: 'each copy of one save',
    fault: () => async (request, forward) => {
      if (!isSave(request)) return forward(request);
      const { saveId: _, ...save } = read<Save>(request);
      const answer = await forward(written(request, save));
      if (!isProblem(answer, 'version_conflict')) return answer;
      return forward(await onNewest(written(request, save), forward));
    },
  },
  {
    name: 'takes a flow’s name from the saved document',
    caughtBy: 'flows/name',
    misses: 'names after the save',
    fault: () => async (request, forward) => {
      if (!isSave(request)) return forward(request);
      const save = read<Save>(request);
      return forward(written(request, { ...save, name: save.flow.name }));
    },
  },
  {
    name: 'keeps a document with a blank name',
    caughtBy: 'flows/document-name',
    misses: 'a document named "": 422 flow_invalid',
    fault: () => (request, forward) => {
      if (!isSave(request)) return forward(request);
      const { flow, ...save } = read<Save>(request);
      return forward(written(request, { ...save, flow: { ...flow, name: flow.name.trim() || 'Flow' } }));
    },
  },
  {
    name: 'takes an empty flow id for none',
    caughtBy: 'flows/inbox-update',
    misses: '{"flowId":""}: 422 unknown_reference',
    fault: () => (request, forward) => {
      if (!isInboxUpdate(request)) return forward(request);
      const update = read<InboxUpdate>(request);
      return forward(update.flowId === '' ? written(request, { ...update, flowId: null }) : request);
    },
  },
  {
    name: 'drops what it does not know of an appearance',
    caughtBy: 'flows/inbox-update',
    misses: '{"appearance":{"titel":"Toko"}}: 400 invalid_request',
    fault: () => (request, forward) => {
      if (!isInboxUpdate(request)) return forward(request);
      const update = read<{ appearance?: { titel?: string } }>(request);
      if (!update.appearance?.titel) return forward(request);
      const { titel: _, ...appearance } = update.appearance;
      return forward(written(request, { ...update, appearance }));
    },
  },
  {
    name: 'lets a flow with an unfinished path go live',
    caughtBy: 'vectors/check/start-alone',
    misses: 'errors, such as [{"code":"unfinished-path"',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (!isPost(request, 'flows') || answer.status !== 201) return answer;
      const { summary, newest } = read<FlowDetail>(answer);
      const problems = newest.problems.filter(({ code }) => code !== 'unfinished-path');
      return written(answer, {
        summary: { ...summary, live: problems.length === 0 ? 1 : null },
        newest: { ...newest, problems },
      });
    },
  },
  {
    name: 'keeps a flow with a harmless card as a draft',
    caughtBy: 'vectors/check/image-https',
    misses: 'live version: 1',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (!isPost(request, 'flows') || answer.status !== 201) return answer;
      const { summary, ...detail } = read<FlowDetail>(answer);
      return written(answer, { ...detail, summary: { ...summary, live: null } });
    },
  },
  {
    name: 'shows visitors the notes of authors',
    caughtBy: 'vectors/public-copy/title-and-note',
    misses: 'the public flow',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (!/\/v1\/widget\/[^/]+\/flows\//.test(request.path) || answer.status !== 200) return answer;
      const flow = read<PublicFlow>(answer);
      const cards = Object.entries(flow.cards).map(([id, card]) => [id, { ...card, note: 'Rahasia' }]);
      return written(answer, { ...flow, cards: Object.fromEntries(cards) });
    },
  },
  {
    name: 'serves the offsets of one zone only',
    caughtBy: 'vectors/zones/zone-of-a-test',
    misses: 'names of the zones: ["Asia/Jakarta","Asia/Tokyo"]',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (!request.path.endsWith('/config') || answer.status !== 200) return answer;
      const config = read<WidgetConfig>(answer);
      return written(answer, {
        ...config,
        zones: Object.fromEntries(Object.entries(config.zones).slice(0, 1)),
      });
    },
  },
  {
    name: 'serves offsets in hours',
    caughtBy: 'vectors/zones/half-hour',
    misses: 'offset of Asia/Kolkata',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (!request.path.endsWith('/config') || answer.status !== 200) return answer;
      const config = read<WidgetConfig>(answer);
      const zones = Object.entries(config.zones).map(([name, table]) => [
        name,
        table.map(([from, minutes]) => [from, minutes! / 60]),
      ]);
      return written(answer, { ...config, zones: Object.fromEntries(zones) });
    },
  },
  {
    name: 'says 403 where an id is not the caller’s, and so that it exists',
    caughtBy: 'tenancy/unknown-ids',
    misses: '404 not_found',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (answer.status !== 404) return answer;
      const body = { ...read<object>(answer), status: 403, code: 'scope_missing' };
      return { ...written(answer, body), status: 403 };
    },
  },
  {
    name: 'lets every page call',
    caughtBy: 'cors/preflight',
    misses: 'Access-Control-Allow-Origin',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      answer.headers.set('access-control-allow-origin', '*');
      return answer;
    },
  },
  {
    name: 'names a stranger’s page as allowed',
    caughtBy: 'cors/strangers',
    misses: 'Access-Control-Allow-Origin',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      const origin = request.headers.get('origin');
      if (origin?.startsWith('https://shop.example'))
        answer.headers.set('access-control-allow-origin', origin);
      return answer;
    },
  },
  {
    name: 'sends problems as application/json',
    caughtBy: 'form/getFlow',
    misses: 'content type',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (answer.status >= 400) answer.headers.set('content-type', 'application/json');
      return answer;
    },
  },
  {
    name: 'leaves a member out of an answer',
    caughtBy: 'form/getWidgetConfig',
    misses: 'body',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (!request.path.endsWith('/config') || answer.status !== 200) return answer;
      const { serverTime: _, ...rest } = read<{ serverTime: string }>(answer);
      return written(answer, rest);
    },
  },
  {
    name: 'serves the whole flow to visitors',
    caughtBy: 'config/public-flow',
    misses: 'fields that are not for visitors',
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (!/\/v1\/widget\/[^/]+\/flows\//.test(request.path) || answer.status !== 200) return answer;
      const flow = read<{ cards: Record<string, object> }>(answer);
      const cards = { ...flow.cards, mark: { ...flow.cards['mark'], labelIds: ['lbl'] } };
      return written(answer, { ...flow, cards });
    },
  },
  {
    name: 'lets a visitor’s token into a caller’s query',
    caughtBy: 'auth/header-only',
    misses: '401 unauthenticated',
    fault: () => (request, forward) => {
      const token = new URL(request.path, 'http://host').searchParams.get('token');
      if (token && !request.headers.has('authorization'))
        request.headers.set('authorization', `Bearer ${token}`);
      return forward(request);
    },
  },
  {
    name: 'shows agents’ events to visitors',
    caughtBy: 'events/audience',
    misses: "types in the visitor's log",
    fault: () => async (request, forward) => {
      const answer = await forward(request);
      if (!isLog(request) || !request.path.includes('/widget/') || answer.status !== 200) return answer;
      const page = read<EventPage>(answer);
      const events = page.events.map((event) =>
        event.type === 'run' ? { ...event, type: 'labels', added: ['lbl'], removed: [] } : event,
      );
      return written(answer, { ...page, events });
    },
  },
];
