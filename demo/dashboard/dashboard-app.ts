import { html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { icon, type IconName } from '../shared/icons.ts';
import { PageElement } from '../shared/page-element.ts';
import { Router } from '../shared/router.ts';
import { renderState } from '../shared/states.ts';
import { cycleTheme, readTheme, THEME_APPEARANCE, type Theme } from '../shared/theme.ts';
import type { EditorScreen } from './editor-screen.ts';

const SECTIONS: { path: string; name: string; icon: IconName }[] = [
  { path: '/settings/flow', name: 'Flow', icon: 'flow' },
  { path: '/settings/inbox', name: 'Inbox', icon: 'inbox' },
  { path: '/settings/ai-agents', name: 'AI agent', icon: 'robot' },
  { path: '/settings/labels', name: 'Label', icon: 'tag' },
  { path: '/settings/teams', name: 'Tim & agen', icon: 'people' },
];

/** The partner's dashboard: navigation on the left, one screen of Settings on the right. */
export class DashboardApp extends PageElement {
  static override properties = { path: { state: true }, theme: { state: true } };
  declare path: string;
  declare theme: Theme;
  #router = new Router('/settings', (path) => this.#show(path), {
    isNeeded: () => this.querySelector<EditorScreen>('editor-screen')?.isDirty ?? false,
    ask: () => this.#askToLeave(),
  });

  constructor() {
    super();
    this.path = location.pathname;
    this.theme = readTheme();
    this.addEventListener('go', (event) => void this.#router.navigate((event as CustomEvent<string>).detail));
  }

  override firstUpdated(): void {
    this.#router.start();
  }

  override updated(): void {
    // On a phone the sections are in a row that can be wider than the screen. Not on other screens: scrolling
    // there would also move the start of the next Tab.
    const row = this.querySelector('.side')!;
    if (row.scrollWidth <= row.clientWidth) return;
    row.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  override render(): TemplateResult {
    const isEditor = /^\/settings\/flow\/./.test(this.path);
    const theme = THEME_APPEARANCE[this.theme];
    return html`
      <a class="skip-link" href="#main">Langsung ke isi</a>
      <div class="shell ${isEditor ? 'compact' : ''}">
        <nav class="side" aria-label="Settings">
          <p class="side-brand">
            <svg width="24" height="24" viewBox="0 0 28 28" aria-hidden="true">
              <path d="M5 17a9 9 0 0 1 18 0z" fill="#c4512f"></path>
              <path
                d="M4 20.5h20M8 24h12"
                fill="none"
                stroke="currentColor"
                stroke-width="2"
                stroke-linecap="round"
              ></path>
            </svg>
            <span>Toko Senja</span>
          </p>
          <p class="side-title">Settings</p>
          <ul>
            ${SECTIONS.map(
              (section) =>
                html`<li>
                  <a
                    href=${section.path}
                    title=${section.name}
                    aria-current=${this.path.startsWith(section.path) ? 'page' : 'false'}
                  >
                    ${icon(section.icon)}<span>${section.name}</span>
                  </a>
                </li>`,
            )}
          </ul>
          <div class="side-end">
            <a href="/inbox" title="Inbox agen">${icon('chat')}<span>Inbox agen</span></a>
            <button type="button" title=${theme.name} @click=${() => (this.theme = cycleTheme())}>
              ${icon(theme.icon)}<span>${theme.name}</span>
            </button>
          </div>
        </nav>
        <main id="main" tabindex="-1">${keyed(this.path, this.#renderScreen())}</main>
      </div>
      <dialog class="leave" aria-labelledby="leave-title">
        <h2 id="leave-title">Perubahan belum disimpan</h2>
        <p class="muted">
          Flow ini berubah sejak terakhir disimpan. Bila Anda pergi sekarang, perubahannya hilang.
        </p>
        <form class="actions" method="dialog">
          <button class="button" value="leave">Buang perubahan</button>
          <button class="button primary" value="stay" autofocus>Tetap di sini</button>
        </form>
      </dialog>
    `;
  }

  #renderScreen(): TemplateResult {
    const [, , section, id] = this.path.split('/');
    if (section === 'flow') {
      return id ? html`<editor-screen .flowId=${id}></editor-screen>` : html`<flows-screen></flows-screen>`;
    }
    if (section === 'inbox') {
      return id
        ? html`<inbox-screen .inboxId=${id}></inbox-screen>`
        : html`<inboxes-screen></inboxes-screen>`;
    }
    if (section === 'ai-agents' || section === 'labels' || section === 'teams') {
      return html`<directory-screen .section=${section}></directory-screen>`;
    }
    return renderState({
      icon: 'warning',
      title: 'Halaman ini tidak ada',
      text: 'Pilih bagian lain di navigasi.',
      link: { label: 'Ke Flow', href: '/settings/flow' },
    });
  }

  #show(path: string): void {
    if (path === '/' || path === '/settings') {
      void this.#router.navigate('/settings/flow', { replace: true });
      return;
    }
    const isFirst = path === this.path;
    this.path = path;
    const section = SECTIONS.find((candidate) => path.startsWith(candidate.path));
    document.title = `${section?.name ?? 'Settings'} · Toko Senja`;
    // As after a page load, reading and tabbing continue at the top of the new screen.
    if (!isFirst) void this.updateComplete.then(() => this.querySelector<HTMLElement>('#main')?.focus());
  }

  /** Asks whether to discard unsaved changes. Escape means no. */
  #askToLeave(): Promise<boolean> {
    const dialog = this.querySelector<HTMLDialogElement>('dialog.leave');
    if (!dialog) return Promise.resolve(true);
    dialog.returnValue = '';
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener('close', () => resolve(dialog.returnValue === 'leave'), { once: true });
    });
  }
}
