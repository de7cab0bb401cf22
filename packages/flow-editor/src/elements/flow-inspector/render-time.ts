import type { Field } from '@alur/flow';
import { html, nothing } from 'lit';
import { idOf, valueOf, type FieldScene } from './field-scene.ts';
import { showClock } from '../../kinds/show-clock.ts';
import { parseClock } from './parse-clock.ts';

/** A time of day: written as people write it, kept as `HH:MM`. */
export function renderClock(
  field: Field & { type: 'time' },
  value: string | undefined,
  isInvalid: boolean,
  scene: FieldScene,
) {
  const { readonly, set, strings } = scene;
  return html`<input
    class="input clock"
    id=${idOf(field, scene)}
    type="text"
    inputmode="numeric"
    autocomplete="off"
    maxlength="5"
    placeholder=${showClock('09:00', strings)}
    aria-invalid=${String(isInvalid)}
    .value=${showClock(value ?? '', strings)}
    ?disabled=${readonly}
    @input=${(event: InputEvent) => {
      // Half a time is left to be finished; a whole one counts at once.
      const text = valueOf(event);
      const time = /^\d{2}[:.]\d{2}$/.test(text) ? parseClock(text, field) : null;
      if (time) set(field.name, time);
    }}
    @change=${(event: Event) => {
      const input = event.target as HTMLInputElement;
      // What is no time stays as it was typed, and the check says so below.
      const time = parseClock(input.value, field) ?? input.value.trim();
      if (time !== value) set(field.name, time);
      input.value = showClock(time, strings);
    }}
  />`;
}

/** The days of the week. */
export function renderDays(field: Field, value: number[] | undefined, scene: FieldScene) {
  const { strings, readonly, set } = scene;
  const chosen = new Set(value ?? [1, 2, 3, 4, 5, 6, 7]);
  const toggle = (day: number) => {
    const next = [1, 2, 3, 4, 5, 6, 7].filter((other) => chosen.has(other) !== (other === day));
    set(field.name, next);
  };
  const presets: [string, number[]][] = [
    [strings.fields.allDays, [1, 2, 3, 4, 5, 6, 7]],
    [strings.fields.workdays, [1, 2, 3, 4, 5]],
    [strings.fields.weekend, [6, 7]],
  ];
  return html`<div class="days" id=${idOf(field, scene)} role="group" aria-label=${strings.fields.weekdays}>
      ${strings.daysShort.map(
        (name, index) =>
          html`<button
            type="button"
            class="day"
            aria-pressed=${String(chosen.has(index + 1))}
            title=${strings.days[index]!}
            ?disabled=${readonly}
            @click=${() => toggle(index + 1)}
          >
            ${name}
          </button>`,
      )}
    </div>
    ${
      readonly
        ? nothing
        : html`<div class="presets">
            ${presets.map(
              ([name, days]) =>
                html`<button type="button" class="link" @click=${() => set(field.name, days)}>
                  ${name}
                </button>`,
            )}
          </div>`
    }`;
}
