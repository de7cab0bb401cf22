import type { Field } from '@alur/flow';
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { valueOf, type FieldScene } from './field-scene.ts';

/** Templates that can be inserted into a message (rule 9). */
const templates = ['visitor.name', 'visitor.email', 'visitor.phone', 'inbox.name'];

/** Renders a multi-line text field, with buttons that insert templates. */
export function renderTextArea(
  field: Field & { type: 'text' },
  value: string,
  isInvalid: boolean,
  faults: unknown,
  scene: FieldScene,
) {
  const { strings, readonly, set } = scene;
  const id = `field-${field.name}`;
  const insert = (event: Event, path: string) => {
    const area = ((event.target as Element).getRootNode() as ShadowRoot).getElementById(
      id,
    ) as HTMLTextAreaElement;
    area.focus();
    insertText(area, `{{${path}|}}`);
    area.selectionStart -= 2;
    area.selectionEnd = area.selectionStart;
    set(field.name, area.value);
  };
  return html`<textarea
      dir="auto"
      class="input"
      id=${id}
      rows="4"
      aria-invalid=${String(isInvalid)}
      aria-describedby="count-${field.name}"
      .value=${live(value ?? '')}
      ?disabled=${readonly}
      @input=${(event: InputEvent) => set(field.name, valueOf(event))}
    ></textarea>
    ${faults}
    <div class="below">
      <span class="hint">${field.template && !readonly ? strings.fields.templateHint : nothing}</span>
      ${renderCount(field, value)}
    </div>
    ${
      field.template && !readonly
        ? html`<div class="templates">
            ${templates.map(
              (path) =>
                html`<button type="button" class="template" @click=${(event: Event) => insert(event, path)}>
                  ${path}
                </button>`,
            )}
            <span class="hint">${strings.fields.templateFallback} <code>{{visitor.name|kak}}</code></span>
          </div>`
        : nothing
    }`;
}

/**
 * Replaces the selection like typing, so that Ctrl+Z undoes it. No newer API keeps the browser's undo
 * history. Without `execCommand` the text is set directly.
 */
function insertText(area: HTMLTextAreaElement, text: string): void {
  if (document.execCommand('insertText', false, text)) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
}

/** Renders a single-line text field. */
export function renderTextLine(
  field: Field & { type: 'text' },
  value: string,
  isInvalid: boolean,
  faults: unknown,
  scene: FieldScene,
) {
  return html`<input
      class="input"
      id="field-${field.name}"
      type="text"
      dir="auto"
      autocomplete="off"
      aria-invalid=${String(isInvalid)}
      aria-describedby="count-${field.name}"
      .value=${live(value ?? '')}
      ?disabled=${scene.readonly}
      @input=${(event: InputEvent) => scene.set(field.name, valueOf(event))}
    />
    ${faults}${renderCount(field, value)}`;
}

function renderCount(field: Field & { type: 'text' }, value: string) {
  const used = [...(value ?? '')].length;
  const text = `${used} / ${field.max}`;
  return html`<span class="count ${used > field.max ? 'over' : ''}" id="count-${field.name}">${text}</span>`;
}
