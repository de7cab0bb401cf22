import { posix } from 'node:path';

/** A fault that was found by trial, an entry of `faults.json`. */
export interface Fault {
  /** For example `A4`. */
  row: string;
  /** The fault, as one sentence. */
  wrong: string;
  /** The behaviour now, as one sentence. */
  fix: string;
  /** The tests of that behaviour, by their names in the source. */
  tests: { file: string; names: string[] }[];
}

/** The heading of the section, which is the last one of the page. */
export const HEADING = '## Faults found by trial';

const INTRODUCTION =
  'Each fault failed when it was tried on the product. Generated from `test/field-reports/faults.json` by ' +
  '`node test/field-reports/generate.ts`.';

/** Returns one table cell: bars and line ends inside would end it. */
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

/** Returns the page with its section of faults replaced by `faults`. Everything before the section stays. */
export function withFaults(page: string, faults: readonly Fault[]): string {
  const rows = faults.map(
    (fault) => `| ${cell(fault.row)} | ${cell(fault.wrong)} | ${cell(fault.fix)} | ${testsOf(fault)} |`,
  );
  const table = ['| Row | What was wrong | What holds now | Shown by |', '|---|---|---|---|', ...rows];
  const [before = ''] = page.split(`\n${HEADING}\n`);
  return `${before.trimEnd()}\n\n${HEADING}\n\n${INTRODUCTION}\n\n${table.join('\n')}\n`;
}
