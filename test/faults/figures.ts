/**
 * The figures of full runs, stored in `.test/faults.json` and written into docs/reliability.md by `npm run
 * faults -- --docs`. A run of some trials replaces only their figures.
 *
 * @module
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Row } from './row.ts';

/** The figures of one trial of a row. */
export interface Figure {
  row: number;
  with: string;
  /** What was counted, and the speed of the client's clock relative to real time, if it was faster. */
  unit: string;
  figures: string;
  passed: boolean;
}

const KEPT = new URL('../../.test/faults.json', import.meta.url);
/** The figures of the last run with moderate counts. */
export const MODERATE_FIGURES = new URL('../../.test/faults-moderate.json', import.meta.url);
const PAGE = new URL('../../docs/reliability.md', import.meta.url);
const [BEGIN, END] = ['<!-- figures -->', '<!-- /figures -->'];

/** Adds new figures to those of earlier runs, in place of those of the same trials. */
export async function keepFigures(found: readonly Figure[]): Promise<Figure[]> {
  const before = JSON.parse(await readFile(KEPT, 'utf8').catch(() => '[]')) as Figure[];
  const idOf = ({ row, with: what, unit }: Figure): string => JSON.stringify([row, what, unit]);
  const ids = new Set(found.map(idOf));
  const all = [...before.filter((figure) => !ids.has(idOf(figure))), ...found];
  await writeFigures(KEPT, all);
  return all;
}

/** Writes figures into a file. */
export async function writeFigures(file: URL, figures: readonly Figure[]): Promise<void> {
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, JSON.stringify(figures, null, 2));
}

/** Rewrites the table of docs/reliability.md. */
export async function writePage(rows: readonly Row[], figures: readonly Figure[]): Promise<void> {
  const text = await readFile(PAGE, 'utf8');
  const [start, end] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)];
  await writeFile(PAGE, `${text.slice(0, start)}\n${tableOf(rows, figures)}\n${text.slice(end)}`);
}

function tableOf(rows: readonly Row[], figures: readonly Figure[]): string {
  const lines = rows.map((row) => {
    const words = row.trials
      .flatMap((trial) =>
        figures.filter(
          (figure) => figure.row === row.number && figure.with === trial.with && figure.unit === trial.unit,
        ),
      )
      .map(
        (figure) => `${figure.passed ? '' : '**failed** '}${figure.with} (${figure.unit}): ${figure.figures}`,
      );
    const places = (row.elsewhere ?? []).map(
      ({ file, test }) => `[${file.split('/').at(-1)}](../${file}) "${test}"`,
    );
    const cells = [row.number, row.fault, row.expected, row.pass, [...words, ...places].join('<br>')];
    return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return ['| # | Fault | Expected | Figure to reach | Found |', '|---|---|---|---|---|', ...lines].join('\n');
}
