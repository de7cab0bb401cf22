import type { InboxAddress, WidgetConfig } from '@alur/client';
import type { Emit } from '../events.ts';
import type { DoctorReport } from '../panel/doctor/report.ts';
import type { Language } from '../strings/language.ts';
import type { Strings } from '../strings/strings.ts';
import type { ConsentDecision, ConsentState } from '../session/consent.ts';
import type { LivechatSession } from '../session/livechat-session.ts';
import type { LauncherView } from './launcher-view.ts';

/** A JWT from the site's backend, or what fetches one. */
export type Identity = string | (() => string | Promise<string>);

/**
 * What the page and the visitor said: it holds for as long as the element lives, whatever becomes of its
 * panel.
 */
export interface PanelMemory {
  identity?: Identity | undefined;
  attributes?: Record<string, unknown> | undefined;
  language?: Language;
  /** The same as the page or the visitor said it, such as `pt-BR`. */
  languageTag?: string;
  consent?: ConsentDecision | undefined;
}

/** What the panel needs from the launcher. */
export interface PanelOptions extends InboxAddress {
  /**
   * Aborts when the element leaves the page or becomes another inbox's; a panel that is not made by then is
   * not made at all.
   */
  signal: AbortSignal;
  /** The element, for what the visitor asks of it inside the panel. */
  widget: HTMLElement & {
    open(): Promise<void>;
    close(): Promise<void>;
    setLocale(tag: string): Promise<void>;
  };
  view: LauncherView;
  memory: PanelMemory;
  /** What the launcher was told; null when it got no answer. */
  config: Promise<WidgetConfig | null>;
  loader: PanelLoader;
  strings: Strings;
  emit: Emit;
  /** A configuration came after all: from the device's cache, or when the host was back. */
  onConfig(config: WidgetConfig): void;
}

/** The loaded panel, as the launcher drives it. */
export interface Panel {
  /** What it shows, for whoever looks for a fault. */
  readonly session: LivechatSession;
  /**
   * Resolves if the identity that the page gave before the panel was made is known; rejects with the reason
   * why it is not.
   */
  readonly identified: Promise<void>;
  /** Shows it; `focus` says whether the composer takes the focus. */
  open(focus: boolean): void;
  /** Hides it; the launcher takes the focus if the panel had it. */
  close(): void;
  /** Asks once how much is unread, where this browser has been a visitor before. */
  peek(): Promise<void>;
  /** Takes over what the element's attributes say now, and fetches the words of another language. */
  update(): Promise<void>;
  identify(token: Identity): Promise<void>;
  setAttributes(attributes: Record<string, unknown>): void;
  sendMessage(text: string): Promise<string>;
  prefill(text: string): void;
  reset(): Promise<void>;
  consent(decision?: ConsentDecision): Promise<ConsentState>;
  /** Takes the element away and lets go of everything but what is stored. */
  destroy(): void;
}

/** The lazily loaded module. */
export interface PanelModule {
  /** Rejects when `signal` aborts before the panel is made. */
  createPanel(options: PanelOptions): Promise<Panel>;
}

/** The lazily loaded module of `doctor()`. It works where the panel cannot be loaded. */
export interface DoctorModule {
  /** Checks what the widget needs. */
  examine(widget: HTMLElement, panel: Promise<Panel> | undefined): Promise<DoctorReport>;
}

/** How the panel and a language's words are fetched: with `import()`, in one parallel wave. */
export interface PanelLoader {
  panel(): Promise<PanelModule>;
  doctor(): Promise<DoctorModule>;
  strings(language: Language): Promise<{ strings: Strings }>;
}
