import { posix } from 'node:path';

/** A fault that was found by trial, as in `faults.json`. */
export interface Fault {
  /** Such as `A4`. */
  row: string;
  /** What went wrong, as one sentence. */
  wrong: string;
  /** What holds now, as one sentence. */
  fix: string;
  /** The tests that fail when it no longer holds, by names as they are written in the source. */
  tests: { file: string; names: string[] }[];
}

/** The heading of the section, which ends at the end of the page. */
export const HEADING = '## Faults found by trial';

const INTRODUCTION =
  'Each fault failed when it was tried on the product. Generated from `test/field-reports/faults.json` by ' +
  '`node test/field-reports/generate.ts`.';

/** A line of a table: bars and line ends inside a cell would end it. */
const cell = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');

function testsOf({ tests }: Fault): string {
  return tests
    .map(({ file, names }) => {
      const quoted = names.map((name) => `"${cell(name)}"`).join(', ');
      return `[${posix.basename(file)}](../${file}) ${quoted}`;
    })
    .join('; ');
}

/** Orders rows by letter, then by number: A2 before A10. */
export function compareRows(a: Fault, b: Fault): number {
  return a.row.localeCompare(b.row, 'en', { numeric: true });
}

/** Returns the page with its section of faults made from `faults`; everything before the section stays. */
export function withFaults(page: string, faults: readonly Fault[]): string {
  const rows = faults.map(
    (fault) => `| ${cell(fault.row)} | ${cell(fault.wrong)} | ${cell(fault.fix)} | ${testsOf(fault)} |`,
  );
  const table = ['| Row | What was wrong | What holds now | Shown by |', '|---|---|---|---|', ...rows];
  const [before = ''] = page.split(`\n${HEADING}\n`);
  return `${before.trimEnd()}\n\n${HEADING}\n\n${INTRODUCTION}\n\n${table.join('\n')}\n`;
}
