import { html, type TemplateResult } from 'lit';
import type { DashboardClient } from '@alur/client/dashboard';
import type { Agent, AiAgent, Label, Team } from '@alur/protocol';
import { styleProperties } from '@alur/flow-editor/style-properties';
import { initials } from '../shared/format.ts';
import { readDirectory } from '../shared/host.ts';
import { icon } from '../shared/icons.ts';
import { renderState } from '../shared/states.ts';
import { Screen } from './screen.ts';

interface DirectoryData {
  labels: Label[];
  agents: Agent[];
  teams: Team[];
  aiAgents: AiAgent[];
}

/** The list of the directory that is shown. */
export type DirectorySection = 'ai-agents' | 'labels' | 'teams';

/**
 * Settings > AI agent, Label, Tim: the lists that flows refer to. Read only; they are maintained in the
 * partner's own system.
 */
export class DirectoryScreen extends Screen<DirectoryData> {
  static override properties = { section: {} };
  declare section: DirectorySection;

  protected override load(host: DashboardClient): Promise<DirectoryData> {
    return readDirectory(host);
  }

  protected override renderData(data: DirectoryData): TemplateResult {
    const sections = {
      'ai-agents': () => this.#renderAiAgents(data),
      labels: () => this.#renderLabels(data),
      teams: () => this.#renderTeams(data),
    };
    return html`<div class="content">${sections[this.section]()}</div>`;
  }

  #renderAiAgents({ aiAgents }: DirectoryData): TemplateResult {
    return html`
      ${renderHeader('AI agent', 'Menjawab pelanggan setelah Flow menyerahkan percakapan dengan Assign to AI Agent.')}
      ${renderList(
        aiAgents,
        (ai) =>
          html`<span class="list-icon">${icon('robot')}</span
            ><span class="list-main"><b>${ai.name}</b></span>`,
      )}
    `;
  }

  #renderLabels({ labels }: DirectoryData): TemplateResult {
    return html`
      ${renderHeader('Label', 'Penanda percakapan, dipasang oleh Flow atau oleh agen.')}
      ${renderList(
        labels,
        (label) =>
          html`<i class="dot" ${styleProperties({ 'background-color': label.color })}></i
            ><span class="list-main"><b>${label.name}</b></span>`,
      )}
    `;
  }

  #renderTeams({ agents, teams }: DirectoryData): TemplateResult {
    const name = new Map(agents.map((agent) => [agent.id, agent.name]));
    return html`
      ${renderHeader('Tim & agen', 'Siapa yang menerima percakapan dari Assign to Human Agent.')}
      ${renderList(
        teams,
        (team) =>
          html`<span class="list-icon">${icon('people')}</span>
            <span class="list-main">
              <b>${team.name}</b
              ><span class="muted">${team.agentIds.map((id) => name.get(id) ?? id).join(', ')}</span>
            </span>`,
      )}
      <h2 class="list-title">Agen</h2>
      ${renderList(
        agents,
        (agent) =>
          html`<span class="avatar" aria-hidden="true">${initials(agent.name)}</span>
            <span class="list-main"><b>${agent.name}</b></span>
            <span class="badge ${agent.online ? 'success' : ''}"
              >${agent.online ? 'Online' : 'Offline'}</span
            >`,
      )}
    `;
  }
}

function renderHeader(title: string, text: string): TemplateResult {
  return html`<header class="content-header">
    <h1>${title}</h1>
    <p class="muted">${text}</p>
  </header>`;
}

function renderList<T extends { id: string }>(
  items: T[],
  renderItem: (item: T) => TemplateResult,
): TemplateResult {
  return items.length
    ? html`<ul class="list">
        ${items.map((item) => html`<li class="list-row">${renderItem(item)}</li>`)}
      </ul>`
    : renderState({ icon: 'info', title: 'Belum ada', text: 'Daftar ini dikelola di host.' });
}
