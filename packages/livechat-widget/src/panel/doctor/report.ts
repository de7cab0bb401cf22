/** How a check came out: nothing to do; worth knowing; something does not work. */
export type Finding = 'ok' | 'note' | 'problem';

/** One thing that was looked at. */
export interface Check {
  /** What was looked at, in a word or two. */
  name: string;
  finding: Finding;
  /** What was found, in English. */
  says: string;
  /** What to do about it. */
  remedy?: string;
}

/** What `doctor()` found. It holds no token and nothing that anybody wrote. */
export interface DoctorReport {
  version: string;
  /** ISO 8601, by the device's clock. */
  at: string;
  /** Whether there is no problem. */
  healthy: boolean;
  checks: readonly Check[];
  /** All of it as text, to be pasted to whoever helps. */
  text: string;
}

const MARKS: Record<Finding, string> = { ok: '+', note: '?', problem: '!' };

/** Puts checks into a report; what is wrong comes first. */
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
