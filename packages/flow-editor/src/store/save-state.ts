import type { Strings } from '../strings/strings.ts';

/** Everything the state word is derived from. Nothing here is a flag that somebody must remember to reset. */
export interface SaveFacts {
  /** The revision that is shown, and the one that the host has. */
  revision: number;
  savedRevision: number;
  /** The newest version number of the saved document; null before the first save. */
  version: number | null;
  isLive: boolean;
  /** What a save that is under way, or has ended badly, is at. */
  phase: 'idle' | 'saving' | 'failed' | 'conflict';
  errorCount: number;
  isReadonly: boolean;
}

/** The state word, and how it is coloured. */
export interface SaveWord {
  text: string;
  tone: 'calm' | 'live' | 'dirty' | 'busy' | 'bad';
}

/** Whether there is something that the host does not have. */
export function isDirty({ revision, savedRevision }: Pick<SaveFacts, 'revision' | 'savedRevision'>): boolean {
  return revision !== savedRevision;
}

/** The one word that says how the document on screen and the saved one stand to each other. */
export function describeSaveState(facts: SaveFacts, { state }: Strings): SaveWord {
  if (facts.phase === 'saving') return { text: state.saving, tone: 'busy' };
  if (facts.phase === 'conflict') return { text: state.conflict, tone: 'bad' };
  if (facts.phase === 'failed') return { text: state.failed, tone: 'bad' };
  if (isDirty(facts)) return { text: state.dirty, tone: 'dirty' };
  if (facts.isReadonly && facts.version === null) return { text: state.readonly, tone: 'calm' };
  if (facts.version === null) return { text: state.fresh, tone: 'calm' };
  if (facts.isLive) return { text: state.live(facts.version), tone: 'live' };
  if (facts.errorCount > 0)
    return { text: state.draftProblems(facts.version, facts.errorCount), tone: 'dirty' };
  return { text: state.draft(facts.version), tone: 'calm' };
}
