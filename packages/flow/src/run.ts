/** Engine without parser, checker, editor and descriptions. The widget downloads this module. */
export { advance, startRun } from './run/advance.ts';
export { cleanVisitor, effectiveFacts, type VerifiedVisitor } from './run/effective-facts.ts';
export { compileFlow, type CompiledFlow } from './run/compile.ts';
export { ENGINE_REVISION } from './run/engine-revision.ts';
export { findAnswer } from './run/find-answer.ts';
export { translate } from './run/language.ts';
export { isBlank } from './run/is-blank.ts';
export { normalize } from './run/normalize.ts';
export { runKinds } from './kinds/run-kinds.ts';
export type {
  CompiledStep,
  CustomRunKinds,
  CompileTools,
  Moment,
  Move,
  RunKinds,
  StepRunKind,
  TestRunKind,
  Walk,
  Zone,
} from './kinds/run-kind.ts';
export type {
  Advance,
  CustomEffect,
  Effect,
  EndReason,
  Facts,
  FlowRun,
  PublicEffect,
  VisitorInput,
} from './run/run-types.ts';
export type { PublicCard, PublicFlow } from './document/public-flow.ts';
export type * from './document/flow.ts';
