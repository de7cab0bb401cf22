/**
 * The reference host: the whole contract on PGlite or PostgreSQL.
 *
 * @module
 */
export { createHost, type Host, type HostOptions } from './create-host.ts';
export { clearDataDir } from './database/clear-data-dir.ts';
export { checkWorkspace } from './check-workspace.ts';
export { importWorkspace } from './import-workspace.ts';
export type {
  AiLanguage,
  AiQuestion,
  ImportResult,
  Workspace,
  WorkspaceAgent,
  WorkspaceAiAgent,
  WorkspaceInbox,
  WorkspaceLabel,
  WorkspaceTeam,
} from './workspace.ts';
export type { WorkspaceFault } from './workspace-faults.ts';
export type { TrustProxy } from './http/client-address.ts';
export type { AiAnswer, AiAnswerer } from './ai/ai-answer.ts';
export type { AiReplyContext } from './operations/jobs.ts';
export { defaultLimits } from './http/limit-table.ts';
export type { Limits, Rate } from './http/rate-limit.ts';
export type { Logger } from './logger.ts';
export type { CustomKinds, EffectHandler, PerformedEffect } from './kinds/custom-kinds.ts';
export { HostProblem, isHostProblem } from './problem.ts';
export { signWebhook } from './jobs/post-webhook.ts';
export { signToken, type Claims } from './http/jwt.ts';
