import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Assignment, Collaborators, Conversation } from '@alur/protocol';
import { styleProperties } from '@alur/flow-editor/style-properties';
import { formatFull } from '../shared/format.ts';
import { emphasise } from '../shared/emphasis.ts';
import { icon } from '../shared/icons.ts';
import { PageElement } from '../shared/page-element.ts';
import { cardPath, flowKey, type PathTurn } from './card-path.ts';
import { directoryNames, type Directory, type DirectoryNames } from './directory-names.ts';
import type { InboxStore } from './inbox-store.ts';
import { visitorName } from './visitor-name.ts';

/** The details of the open conversation. */
export class DetailsPanel extends PageElement {
  static override properties = { store: { attribute: false } };
  declare store: InboxStore;

  override render(): TemplateResult | typeof nothing {
    const { open, conversations, directory } = this.store.state;
    const conversation = open ? conversations[open.id] : undefined;
    if (!open || !conversation || !directory) return nothing;
    const names = directoryNames(directory);
    return html`${keyed(open.id, this.#renderPanel(conversation, directory, names))}`;
  }

  #renderPanel(conversation: Conversation, directory: Directory, names: DirectoryNames): TemplateResult {
    return html`
      <header class="panel-header">
        <h2>Rincian</h2>
        <button
          class="button quiet icon"
          type="button"
          aria-label="Tutup rincian"
          @click=${() => this.dispatchEvent(new Event('details-toggle', { bubbles: true }))}
        >
          ${icon('close')}
        </button>
      </header>
      ${this.#renderHandler(conversation, directory)} ${this.#renderLabels(conversation, directory, names)}
      ${this.#renderCollaborators(conversation, directory, names)} ${this.#renderPath(conversation)}
      ${this.#renderVisitor(conversation, names)}
    `;
  }

  #renderHandler({ handler, id, session }: Conversation, directory: Directory): TemplateResult {
    const current = handler ? `${handler.kind}:${handler.id}` : 'nobody:';
    const option = (value: string, name: string): TemplateResult =>
      html`<option value=${value} .selected=${value === current}>${name}</option>`;
    return html`<section>
      <label class="section-title" for="handler">Ditangani oleh</label>
      <select
        id="handler"
        class="select"
        ?disabled=${session.status === 'resolved'}
        @change=${(event: Event) => this.#handleAssign(id, event)}
      >
        ${option('nobody:', 'Belum ada')}
        <optgroup label="Agen">
          ${directory.agents.map((agent) => option(`agent:${agent.id}`, agent.name))}
        </optgroup>
        <optgroup label="AI agent">
          ${directory.aiAgents.map((ai) => option(`ai:${ai.id}`, ai.name))}
        </optgroup>
      </select>
    </section>`;
  }

  #renderLabels(
    { id: conversationId, labelIds }: Conversation,
    directory: Directory,
    names: DirectoryNames,
  ): TemplateResult {
    const others = directory.labels.filter((label) => !labelIds.includes(label.id));
    return html`<section aria-label="Label">
      <h3 class="section-title">Label</h3>
      <ul class="chips">
        ${labelIds.map((id) => {
          const { name, color } = names.label(id);
          return html`<li class="chip">
            <i class="dot" ${styleProperties({ 'background-color': color })}></i
            ><bdi translate="no">${name}</bdi>
            <button
              type="button"
              aria-label="Lepas label ${name}"
              @click=${() =>
                void this.store.setLabels(
                  conversationId,
                  labelIds.filter((other) => other !== id),
                )}
            >
              ${icon('close', 12)}
            </button>
          </li>`;
        })}
        ${labelIds.length === 0 ? html`<li class="muted">Belum ada label</li>` : nothing}
      </ul>
      ${this.#renderAdd('Tambah label', others, (id) => this.store.setLabels(conversationId, [...labelIds, id]))}
    </section>`;
  }

  #renderCollaborators(
    { collaborators, id: conversationId }: Conversation,
    directory: Directory,
    names: DirectoryNames,
  ): TemplateResult {
    const { agentIds, teamIds } = collaborators;
    const save = (change: Partial<Collaborators>): Promise<void> =>
      this.store.setCollaborators(conversationId, { agentIds, teamIds, ...change });
    const chip = (name: string, mark: 'person' | 'people', remove: () => Promise<void>): TemplateResult =>
      html`<li class="chip">
        ${icon(mark, 14)}<bdi translate="no">${name}</bdi>
        <button type="button" aria-label="Lepas kolaborator ${name}" @click=${() => void remove()}>
          ${icon('close', 12)}
        </button>
      </li>`;
    const others = [
      ...directory.agents.filter((agent) => !agentIds.includes(agent.id)),
      ...directory.teams.filter((team) => !teamIds.includes(team.id)),
    ];
    const isTeam = (id: string): boolean => directory.teams.some((team) => team.id === id);
    return html`<section aria-label="Kolaborator">
      <h3 class="section-title">Kolaborator</h3>
      <ul class="chips">
        ${agentIds.map((id) =>
          chip(names.agent(id), 'person', () => save({ agentIds: agentIds.filter((other) => other !== id) })),
        )}
        ${teamIds.map((id) =>
          chip(names.team(id), 'people', () => save({ teamIds: teamIds.filter((other) => other !== id) })),
        )}
        ${agentIds.length + teamIds.length === 0 ? html`<li class="muted">Belum ada kolaborator</li>` : nothing}
      </ul>
      ${this.#renderAdd('Tambah kolaborator', others, (id) =>
        isTeam(id) ? save({ teamIds: [...teamIds, id] }) : save({ agentIds: [...agentIds, id] }),
      )}
    </section>`;
  }

  #renderAdd(
    label: string,
    options: { id: string; name: string }[],
    add: (id: string) => Promise<void>,
  ): TemplateResult | typeof nothing {
    if (options.length === 0) return nothing;
    const handleChange = (event: Event): void => {
      const select = event.target as HTMLSelectElement;
      const { value } = select;
      select.value = '';
      if (value) void add(value);
    };
    return html`<select class="select add" aria-label=${label} @change=${handleChange}>
      <option value="">${label}…</option>
      ${options.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
    </select>`;
  }

  #renderVisitor(
    { createdAt, inboxId, session, visitor }: Conversation,
    names: DirectoryNames,
  ): TemplateResult {
    const attributes = Object.entries(visitor.attributes ?? {});
    const isVerified = (key: string): boolean => visitor.verifiedAttributes?.includes(key) ?? false;
    // Claims have a heading of their own: a page can claim an attribute called "Identitas".
    const unverified = attributes.filter(([key]) => !isVerified(key));
    const rows: [string, string | undefined][] = [
      ['Nama', visitorName(visitor)],
      ['Email', visitor.email],
      ['Telepon', visitor.phone],
      ['Identitas', visitor.erased ? 'Terhapus' : visitor.verified ? 'Terverifikasi' : 'Anonim'],
      ...attributes.filter(([key]) => isVerified(key)),
      ['Inbox', names.inbox(inboxId)],
      ['Sesi', `${session.number} · ${session.status === 'open' ? 'berjalan' : 'resolved'}`],
      ['Sejak', formatFull(createdAt)],
    ];
    return html`<section aria-label="Pengunjung">
      <h3 class="section-title">Pengunjung</h3>
      ${renderTerms(rows)}
      ${
        unverified.length > 0
          ? html`<h4 class="section-title">Atribut dari halaman (belum diverifikasi)</h4>
              ${renderTerms(unverified)}`
          : nothing
      }
    </section>`;
  }

  #renderPath({ session }: Conversation): TemplateResult {
    const { open, directory, flows } = this.store.state;
    const flowVersion = session.flow;
    const flow = flowVersion ? flows[flowKey(flowVersion)] : null;
    // The cards have no names until the document is loaded.
    const turns =
      directory && flow !== undefined ? cardPath(open?.events ?? [], session.id, flows, directory) : [];
    return html`<section class="path" aria-label="Jalur Flow">
      <h3 class="section-title">Jalur Flow</h3>
      ${
        flowVersion
          ? html`<p class="muted">
              <a href="/settings/flow/${flowVersion.id}" translate="no">${flow?.name ?? 'Flow'}</a>, versi
              <span translate="no">${flowVersion.version}</span>
            </p>`
          : html`<p class="muted">Inbox ini tidak memakai Flow saat sesi dimulai.</p>`
      }
      ${turns.map((turn) => this.#renderTurn(turn))}
    </section>`;
  }

  #renderTurn(turn: PathTurn): TemplateResult | typeof nothing {
    if (turn.steps.length === 0) return nothing;
    return html`<div class="path-turn">
      <p class="path-said" dir="auto" translate="no">${turn.text}</p>
      <ol translate="no">
        ${turn.steps.map(
          (step) =>
            html`<li class=${step.taken ? 'taken' : 'passed'} data-card=${step.cardId}>
              <span class="path-title">${emphasise(step.title)}</span>
              ${step.summary ? html`<span class="path-why">${emphasise(step.summary)}</span>` : nothing}
              ${step.why ? html`<span class="path-why">${emphasise(step.why)}</span>` : nothing}
            </li>`,
        )}
      </ol>
      ${
        turn.verdict === 'corrected'
          ? html`<p class="hint">
              ${
                turn.reason === 'revision'
                  ? 'Widget pengunjung memakai versi mesin Flow yang lain; jalur dari host yang berlaku.'
                  : 'Browser pengunjung menghitung jalur lain; jalur dari host yang berlaku.'
              }
            </p>`
          : nothing
      }
    </div>`;
  }

  #handleAssign(conversationId: string, event: Event): void {
    const [kind, id = ''] = (event.target as HTMLSelectElement).value.split(':');
    // An agent who sees no other agent here takes the conversation, unless another agent was faster.
    const ifUnassigned = this.store.state.conversations[conversationId]?.handler?.kind !== 'agent';
    const assignment: Assignment =
      kind === 'agent'
        ? { kind, agentId: id, ifUnassigned }
        : kind === 'ai'
          ? { kind, aiAgentId: id }
          : { kind: 'nobody' };
    void this.store.assign(conversationId, assignment);
  }
}

function renderTerms(rows: readonly [string, string | undefined][]): TemplateResult {
  return html`<dl>
    ${rows.map(([term, value]) =>
      value
        ? html`<div>
            <dt translate="no">${term}</dt>
            <dd dir="auto" translate="no">${value}</dd>
          </div>`
        : nothing,
    )}
  </dl>`;
}
