import type { Check } from '../kit/check.ts';
import { agentChecks } from './agents.ts';
import { aiChecks } from './ai.ts';
import { attachmentChecks } from './attachments.ts';
import { authChecks } from './auth.ts';
import { configChecks } from './config.ts';
import { corsChecks } from './cors.ts';
import { endingChecks } from './endings.ts';
import { eventChecks } from './events.ts';
import { flowChecks } from './flows.ts';
import { foreignAccountChecks } from './foreign-account.ts';
import { humanChecks } from './humans.ts';
import { limitChecks } from './limits.ts';
import { sessionChecks } from './sessions.ts';
import { statisticsChecks } from './statistics.ts';
import { streamChecks } from './streams.ts';
import { tenancyChecks } from './tenancy.ts';
import { turnChecks } from './turns.ts';
import { visitorRightsChecks } from './visitor-rights.ts';
import { vectorChecks } from './vectors.ts';

/**
 * Returns every check, in the order of a report. `vectors` is a folder of flow vectors; default: those of
 * `@alur/flow`.
 */
export async function loadChecks(vectors?: string): Promise<Check[]> {
  return [
    ...authChecks,
    ...tenancyChecks,
    ...foreignAccountChecks,
    ...corsChecks,
    ...configChecks,
    ...flowChecks,
    ...turnChecks,
    ...sessionChecks,
    ...endingChecks,
    ...attachmentChecks,
    ...visitorRightsChecks,
    ...statisticsChecks,
    ...humanChecks,
    ...agentChecks,
    ...eventChecks,
    ...streamChecks,
    ...aiChecks,
    ...(await vectorChecks(vectors)),
    ...limitChecks,
  ];
}
