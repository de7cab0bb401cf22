/** Result of a suite, or of a part of it. */
export interface Outcome {
  passed: number;
  /**
   * Failures with their reasons. They are printed again at the end of a run, because its output can be long.
   */
  failures: string[];
  /** Duration of each test file, in milliseconds. */
  files?: { file: string; ms: number }[];
}

export const nothing = (): Outcome => ({ passed: 0, failures: [] });

/** Adds outcomes. */
export function sum(...outcomes: Outcome[]): Outcome {
  return {
    passed: outcomes.reduce((all, { passed }) => all + passed, 0),
    failures: outcomes.flatMap(({ failures }) => failures),
    files: outcomes.flatMap(({ files = [] }) => files),
  };
}
