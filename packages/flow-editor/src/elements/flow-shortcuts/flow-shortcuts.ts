import { css, html, LitElement } from 'lit';
import { commands, showKey } from '../../store/commands.ts';
import type { Strings } from '../../strings/strings.ts';
import { controls } from '../../styles/controls.styles.ts';
import { icon } from '../../styles/icons.ts';
import { isApple } from '../platform.ts';

/**
 * @summary Dialog of all keyboard shortcuts, from the table of commands.
 * @internal Part of `<flow-editor>`, loaded on first use.
 * @fires close - the dialog was closed
 */
export class FlowShortcuts extends LitElement {
  static override styles = [
    controls,
    css`
      dialog {
        inline-size: min(1040px, calc(100vw - 32px));
        max-block-size: calc(100dvh - 32px);
        padding: 0;
        border: 1px solid var(--_line);
        border-radius: 14px;
        background: var(--_raised);
        color: var(--_text);
        box-shadow: var(--_shadow-high);
      }
      dialog::backdrop {
        background: rgb(10 14 22 / 40%);
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        position: sticky;
        inset-block-start: 0;
        padding: 16px 16px 12px 24px;
        background: var(--_raised);
      }
      h2 {
        font-size: 16px;
        line-height: 24px;
        font-weight: 600;
      }
      .body {
        padding: 0 24px 24px;
      }
      .groups {
        columns: 280px 3;
        column-gap: 32px;
        margin-block-start: 16px;
      }
      section {
        margin-block-end: 24px;
      }
      h3 {
        font-size: 12px;
        line-height: 16px;
        font-weight: 600;
        color: var(--_muted);
        margin-block-end: 4px;
        break-after: avoid;
      }
      dl > div {
        display: flex;
        justify-content: space-between;
        align-items: center;
        gap: 16px;
        padding-block: 5px;
        border-block-end: 1px solid var(--_line);
        break-inside: avoid;
      }
      dd {
        white-space: nowrap;
      }
    `,
  ];
  static override properties = { strings: { attribute: false } };

  declare strings: Strings;

  override firstUpdated(): void {
    this.renderRoot.querySelector('dialog')!.showModal();
  }

  protected override render() {
    const { strings } = this;
    const groups = [...new Set(commands.map(({ group }) => group))];
    return html`<dialog
      aria-labelledby="title"
      @close=${() => this.dispatchEvent(new Event('close'))}
      @keydown=${(event: Event) => event.stopPropagation()}
    >
      <header>
        <h2 id="title">${strings.shortcuts.title}</h2>
        <form method="dialog">
          <button class="button quiet icon small" aria-label=${strings.save.dismiss}>${icon('close')}</button>
        </form>
      </header>
      <div class="body">
        <p class="hint">${strings.shortcuts.hint}</p>
        <div class="groups">
          ${groups.map(
            (group) =>
              html`<section>
                <h3>${strings.groups[group]}</h3>
                <dl>
                  ${commands
                    .filter((command) => command.group === group)
                    .map(
                      ({ id, keys }) =>
                        html`<div>
                          <dt>${strings.commands[id]}</dt>
                          <dd><kbd>${showKey(keys[0]!, isApple)}</kbd></dd>
                        </div>`,
                    )}
                </dl>
              </section>`,
          )}
        </div>
      </div>
    </dialog>`;
  }
}
