/** Result of a check: nothing to do; information; an error. */
export type Finding = 'ok' | 'note' | 'problem';

/** One check. */
export interface Check {
  /** Name of the check, one or two words. */
  name: string;
  finding: Finding;
  /** Description of the result, in English. */
  says: string;
  /** How to fix it. */
  remedy?: string;
}

/** Result of `doctor()`. Contains no token and no message. */
export interface DoctorReport {
  version: string;
  /** ISO 8601, on the device's clock. */
  at: string;
  /** Whether there is no `problem`. */
  healthy: boolean;
  checks: readonly Check[];
  /** The report as text, for pasting. */
  text: string;
}

const MARKS: Record<Finding, string> = { ok: '+', note: '?', problem: '!' };

/** Creates a report from checks, problems first. */
export function reportOf(version: string, at: string, checks: readonly Check[]): DoctorReport {
  const order: Finding[] = ['problem', 'note', 'ok'];
  const sorted = [...checks].sort((a, b) => order.indexOf(a.finding) - order.indexOf(b.finding));
  const width = Math.max(...sorted.map(({ name }) => name.length));
  const lines = sorted.flatMap(({ name, finding, says, remedy }) => [
    `${MARKS[finding]} ${name.padEnd(width)}  ${says}`,
    ...(remedy ? [`  ${' '.repeat(width)}  -> ${remedy}`] : []),
  ]);
  return {
    version,
    at,
    healthy: !checks.some(({ finding }) => finding === 'problem'),
    checks: sorted,
    text: [`livechat ${version}, ${at}`, ...lines].join('\n'),
  };
}
