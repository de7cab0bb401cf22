import type { Field, TimeWindow } from '@alur/flow';
import { html, nothing } from 'lit';
import { describeWindow } from '../../kinds/describe-windows.ts';
import type { Strings } from '../../strings/strings.ts';
import { icon } from '../../styles/icons.ts';
import { describeProblemText } from '../problem-text.ts';
import type { FieldScene } from './field-scene.ts';
import { parseClock } from './parse-clock.ts';
import { renderField } from './render-field.ts';

const WEEK = [1, 2, 3, 4, 5, 6, 7];

/**
 * Renders the windows of a time test: a single one as plain fields; several, each in a box with its own
 * remove button.
 */
export function renderWindows(
  field: Field & { type: 'list' },
  windows: readonly TimeWindow[],
  scene: FieldScene,
) {
  const { strings, readonly, set } = scene;
  const words = strings.fields;
  const isList = windows.length > 1;
  const add = (event: Event) => {
    set(field.name, [...windows, nextWindow(windows)], true);
    void focusLater(event, `#field-${prefixOf(windows.length)}from`);
  };
  const remove = (event: Event, index: number) => {
    set(
      field.name,
      windows.filter((_, other) => other !== index),
      true,
    );
    void focusLater(event, '.add-window');
  };
  return html`<div class="windows" data-field=${field.name}>
    ${windows.map((window, index) =>
      isList
        ? html`<fieldset class="window">
            <legend>${words.windowNumber(index + 1)}</legend>
            ${
              readonly
                ? nothing
                : html`<button
                    class="button quiet icon small remove"
                    type="button"
                    aria-label=${words.removeWindow(describeWindow(window, strings))}
                    title=${words.removeWindow(describeWindow(window, strings))}
                    @click=${(event: Event) => remove(event, index)}
                  >
                    ${icon('trash', 14)}
                  </button>`
            }
            ${renderWindow(field, windows, index, scene)}
          </fieldset>`
        : renderWindow(field, windows, index, scene),
    )}
    ${windows.length === 0 ? renderNone(scene) : nothing}
    ${
      readonly
        ? nothing
        : html`<button
            class="button small add-window"
            type="button"
            ?disabled=${windows.length >= field.max}
            @click=${add}
          >
            ${icon('plus', 14)}${windows.length === 0 ? words.addWindow : words.addOtherWindow}
          </button>`
    }
    ${windows.length >= field.max ? html`<p class="hint">${words.fullWindows(field.max)}</p>` : nothing}
  </div>`;
}

function renderWindow(
  field: Field & { type: 'list' },
  windows: readonly TimeWindow[],
  index: number,
  scene: FieldScene,
) {
  const window = windows[index]!;
  const place = `/test/${field.name}/${index}/`;
  const inner: FieldScene = {
    ...scene,
    idPrefix: prefixOf(index),
    problems: scene.problems.filter(({ path }) => path?.includes(place)),
    set(name, value) {
      const changed = { ...window, [name]: value };
      scene.set(
        field.name,
        windows.map((other) => (other === window ? changed : other)),
      );
    },
  };
  const [from, to, days] = field.fields as [Field, Field, Field];
  return html`<div class="pair">
      ${renderField(from, window.from, inner)}${renderField(to, window.to, inner)}
    </div>
    ${renderWindowHint(window, index, scene.strings)} ${renderField(days, window.days, inner)}`;
}

function prefixOf(index: number): string {
  return index === 0 ? '' : `${index}-`;
}

/**
 * Renders a hint about the combination of both times. Only the first window explains that the end is
 * exclusive.
 */
function renderWindowHint({ from, to }: TimeWindow, index: number, { fields }: Strings) {
  const isWhole = parseClock(from) !== null && parseClock(to, { endOfDay: true }) !== null;
  if (isWhole && from >= to)
    return html`<p class="hint">${from === to ? fields.wholeDay : fields.overnight}</p>`;
  return index === 0 ? html`<p class="hint">${fields.until}</p>` : nothing;
}

function renderNone({ problems, strings }: FieldScene) {
  const problem = problems.find(({ path }) => path?.endsWith('/test/windows'));
  return html`<p class=${problem && !problem.isDeferred ? 'fault error' : 'hint'}>
    ${problem ? describeProblemText(problem, strings) : strings.fields.noWindows}
  </p>`;
}

/** Returns an additional window without times: on the days that have none yet, else on the same days. */
function nextWindow(windows: readonly TimeWindow[]): TimeWindow {
  const last = windows.at(-1);
  if (!last) return { from: '08:00', to: '17:00', days: WEEK };
  const used = new Set(windows.flatMap(({ days }) => days ?? WEEK));
  const free = WEEK.filter((day) => !used.has(day));
  return free.length > 0 ? { ...last, days: free } : { ...last, from: '', to: '' };
}

/** Focuses a control that is rendered with the changed document. */
async function focusLater({ currentTarget }: Event, selector: string): Promise<void> {
  const root = (currentTarget as Element).getRootNode() as ShadowRoot;
  const host = root.host as HTMLElement & { updateComplete: Promise<unknown> };
  // The store updates the document before the details are rendered.
  await Promise.resolve();
  await host.updateComplete;
  root.querySelector<HTMLElement>(selector)?.focus();
}
