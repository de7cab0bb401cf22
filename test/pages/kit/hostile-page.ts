import type { Origin } from './stage.ts';
import type { Visit } from './visit.ts';

/** A hostile page, and the checks that must pass on it. */
export interface HostilePage extends Origin {
  /** What is hostile about it, as half a sentence: the name of its tests. */
  about: string;
  /** Runs the checks. Default: {@link Visit.wholeJob}. */
  run?(visit: Visit): Promise<void>;
}
