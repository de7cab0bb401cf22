import type { Field } from '@alur/flow';
import { html, nothing } from 'lit';
import { idOf, valueOf, type FieldScene } from './field-scene.ts';
import { showClock } from '../../kinds/show-clock.ts';
import { parseClock } from './parse-clock.ts';

/** Renders a field for a time of day. Shown in the format of the language, stored as `HH:MM`. */
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
      // Commit a complete time immediately. An incomplete one stays uncommitted.
      const text = valueOf(event);
      const time = /^\d{2}[:.]\d{2}$/.test(text) ? parseClock(text, field) : null;
      if (time) set(field.name, time);
    }}
    @change=${(event: Event) => {
      const input = event.target as HTMLInputElement;
      // An invalid time is stored as typed. The check reports it below the field.
      const time = parseClock(input.value, field) ?? input.value.trim();
      if (time !== value) set(field.name, time);
      input.value = showClock(time, strings);
    }}
  />`;
}

/** Renders the weekdays as toggle buttons. */
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
