import type { Field } from '@alur/flow';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { subjectOf } from '../../kinds/editor-kinds.ts';
import type { ShownProblem } from '../problem-text.ts';
import { renderFault } from './render-fault.ts';
import type { ValueChange } from '../value-change.ts';
import { idOf, problemsOf, valueOf, type FieldScene } from './field-scene.ts';
import { renderMembers, renderPicker } from './render-picker.ts';
import { renderTextArea, renderTextLine } from './render-text.ts';
import { renderClock, renderDays } from './render-time.ts';

/** Returns the hint of a field of a card, or of a condition's test. */
function hintFor({ name, hint }: Field, { card, strings, kinds }: FieldScene): string {
  const hints = subjectOf(card, kinds)?.kind.hints?.(strings.fields);
  return hints?.[name] ?? hint?.[strings.locale] ?? '';
}

/** Renders a field of a card or of a test, with its label, hint and problems. */
export function renderField(field: Field, value: unknown, scene: FieldScene): TemplateResult {
  const label =
    scene.strings.fields.fieldNames[`${scene.card.kind}.${field.name}`] ?? field.label[scene.strings.locale];
  const problems = problemsOf(field, scene);
  if (field.type === 'boolean') return renderSwitch(field, label, Boolean(value), scene);
  return html`<div class="field" data-field=${field.name}>
    <label for=${idOf(field, scene)}>${label}</label>
    ${renderInput(field, label, value, problems, scene)} ${renderHint(field, scene)}
    ${field.type === 'ids' && field.of === 'teams' ? renderMembers(value as string[], scene) : nothing}
  </div>`;
}

/** Renders the control of a field with its problem directly below. Other content of the field follows. */
function renderInput(
  field: Field,
  label: string,
  value: unknown,
  problems: ShownProblem[],
  scene: FieldScene,
) {
  const isInvalid = problems.some(({ isDeferred }) => !isDeferred);
  const faults = problems.map((problem) => renderFault(problem, scene));
  if (field.type === 'text') {
    return field.multiline
      ? renderTextArea(field, value as string, isInvalid, faults, scene)
      : renderTextLine(field, value as string, isInvalid, faults, scene);
  }
  return html`${renderControl(field, label, value, isInvalid, scene)}${faults}`;
}

function renderControl(field: Field, label: string, value: unknown, isInvalid: boolean, scene: FieldScene) {
  const { strings, readonly, set } = scene;
  const id = `field-${field.name}`;
  const invalid = String(isInvalid);
  switch (field.type) {
    case 'url':
      return html`<input
        class="input"
        id=${id}
        type="url"
        inputmode="url"
        autocomplete="off"
        placeholder="https://"
        aria-invalid=${invalid}
        .value=${live((value as string | null) ?? '')}
        ?disabled=${readonly}
        @input=${(event: InputEvent) => set(field.name, valueOf(event).trim() || (field.required ? '' : undefined))}
      />`;
    case 'keywords':
      return html`<flow-keywords
        id=${id}
        .value=${(value as string[]) ?? []}
        .label=${label}
        .strings=${strings}
        ?invalid=${isInvalid}
        ?disabled=${readonly}
        @value-change=${(event: ValueChange) => set(field.name, event.value)}
      ></flow-keywords>`;
    case 'ids':
    case 'id':
    case 'card':
    case 'time-zone':
      return renderPicker(field, label, value, isInvalid, scene);
    case 'choice':
      return html`<select
        class="input"
        id=${id}
        ?disabled=${readonly}
        @change=${(event: Event) => set(field.name, valueOf(event))}
      >
        ${field.options.map(
          (option) =>
            html`<option value=${option.value} ?selected=${option.value === (value ?? field.initial)}>
              ${capitalised(option.label[strings.locale])}
            </option>`,
        )}
      </select>`;
    case 'time':
      return renderClock(field, value as string | undefined, isInvalid, scene);
    case 'days':
      return renderDays(field, value as number[] | undefined, scene);
    default:
      return nothing;
  }
}

function renderSwitch(field: Field, label: string, value: boolean, scene: FieldScene) {
  const hint = hintFor(field, scene);
  return html`<div class="switch" data-field=${field.name}>
    <label for="field-${field.name}">${label}</label>
    <input
      id="field-${field.name}"
      type="checkbox"
      role="switch"
      aria-describedby=${hint ? `hint-${field.name}` : nothing}
      .checked=${live(value)}
      ?disabled=${scene.readonly}
      @change=${(event: Event) => scene.set(field.name, (event.target as HTMLInputElement).checked)}
    />
    ${hint ? html`<p class="hint" id="hint-${field.name}">${hint}</p>` : nothing}
  </div>`;
}

function renderHint(field: Field, scene: FieldScene) {
  const hint = hintFor(field, scene);
  return hint ? html`<p class="hint">${hint}</p>` : nothing;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
