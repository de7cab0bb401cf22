/** What a suite, or a part of it, found. */
export interface Outcome {
  passed: number;
  /**
   * What failed, with the reason. It is printed again at the end, as a long run's output may be seen only by
   * its end.
   */
  failures: string[];
  /** How long test files took, in milliseconds. */
  files?: { file: string; ms: number }[];
}

export const nothing = (): Outcome => ({ passed: 0, failures: [] });

/** Adds up outcomes. */
export function sum(...outcomes: Outcome[]): Outcome {
  return {
    passed: outcomes.reduce((all, { passed }) => all + passed, 0),
    failures: outcomes.flatMap(({ failures }) => failures),
    files: outcomes.flatMap(({ files = [] }) => files),
  };
}
