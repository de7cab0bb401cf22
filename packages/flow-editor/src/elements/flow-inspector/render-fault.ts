import { html } from 'lit';
import { icon } from '../../styles/icons.ts';
import { describeProblemText, type ShownProblem } from '../problem-text.ts';
import type { FieldScene } from './field-scene.ts';

/** Renders a problem below its field. */
export function renderFault(problem: ShownProblem, { strings }: Pick<FieldScene, 'strings'>) {
  return html`<p class="fault ${problem.severity}">
    ${icon(problem.severity === 'error' ? 'error' : 'warning', 14)}<span
      >${describeProblemText(problem, strings)}</span
    >
  </p>`;
}
