import type { Strings } from '../strings/strings.ts';

/** Facts from which the state text is derived. None of them is a flag that must be reset. */
export interface SaveFacts {
  /** Shown revision, and the revision that the host has. */
  revision: number;
  savedRevision: number;
  /** Newest version number of the saved document. Null before the first save. */
  version: number | null;
  isLive: boolean;
  /** Phase of the last save. */
  phase: 'idle' | 'saving' | 'failed' | 'conflict';
  errorCount: number;
  isReadonly: boolean;
}

/** State text and its color. */
export interface SaveWord {
  text: string;
  tone: 'neutral' | 'live' | 'dirty' | 'busy' | 'bad';
}

/** Returns whether there are unsaved changes. */
export function isDirty({ revision, savedRevision }: Pick<SaveFacts, 'revision' | 'savedRevision'>): boolean {
  return revision !== savedRevision;
}

/** Returns the state text for the shown document compared with the saved one. */
export function describeSaveState(facts: SaveFacts, { state }: Strings): SaveWord {
  if (facts.phase === 'saving') return { text: state.saving, tone: 'busy' };
  if (facts.phase === 'conflict') return { text: state.conflict, tone: 'bad' };
  if (facts.phase === 'failed') return { text: state.failed, tone: 'bad' };
  if (isDirty(facts)) return { text: state.dirty, tone: 'dirty' };
  if (facts.isReadonly && facts.version === null) return { text: state.readonly, tone: 'neutral' };
  if (facts.version === null) return { text: state.fresh, tone: 'neutral' };
  if (facts.isLive) return { text: state.live(facts.version), tone: 'live' };
  if (facts.errorCount > 0)
    return { text: state.draftProblems(facts.version, facts.errorCount), tone: 'dirty' };
  return { text: state.draft(facts.version), tone: 'neutral' };
}
