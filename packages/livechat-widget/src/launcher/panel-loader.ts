import type { InboxAddress, WidgetConfig } from '@alur/client';
import type { CustomRunKinds } from '@alur/flow/run';
import type { Emit } from '../events.ts';
import type { DoctorReport } from '../panel/doctor/report.ts';
import type { Language } from '../strings/language.ts';
import type { Strings } from '../strings/strings.ts';
import type { ConsentDecision, ConsentState } from '../session/identity/consent.ts';
import type { ChatSession } from '../session/chat-session.ts';
import type { Launcher } from './launcher.ts';

/** A JWT from the site's backend, or a function that fetches one. */
export type Identity = string | (() => string | Promise<string>);

/** State that the page and the visitor have set. It outlives a panel of the element. */
export interface PanelMemory {
  identity?: Identity | undefined;
  attributes?: Record<string, unknown> | undefined;
  language?: Language;
  /** Language tag that the page or the visitor has set, such as `pt-BR`. */
  languageTag?: string;
  consent?: ConsentDecision | undefined;
  /** Card kinds of the page. */
  kinds?: CustomRunKinds | undefined;
}

/** The element, as its panel uses it. */
export interface WidgetElement extends HTMLElement {
  open: boolean;
  openPanel(): Promise<void>;
  closePanel(): Promise<void>;
  setLocale(tag: string): Promise<void>;
}

/** Options that the launcher passes to the panel. */
export interface PanelOptions extends InboxAddress {
  /** Aborts when the element leaves the page or changes to another inbox. No panel is created after that. */
  signal: AbortSignal;
  widget: WidgetElement;
  launcher: Launcher;
  memory: PanelMemory;
  /** Configuration that the launcher has fetched; null without a response. */
  config: Promise<WidgetConfig | null>;
  loader: PanelLoader;
  strings: Strings;
  emit: Emit;
  /** Called with a later configuration, from the device's cache or from the host. */
  onConfig(config: WidgetConfig): void;
}

/** The loaded panel, as the launcher uses it. */
export interface Panel {
  /** Session of the panel, for `doctor()`. */
  readonly session: ChatSession;
  /**
   * Resolves when the identity that the page set before the panel was created is known. Rejects with the
   * reason if it is not.
   */
  readonly identified: Promise<void>;
  /** Shows the panel. `focus`: whether the composer takes the focus. */
  open(focus: boolean): void;
  /** Hides the panel. The launcher takes the focus if the panel had it. */
  close(): void;
  /** Requests the number of unread messages once, if this browser has a visitor. */
  peek(): Promise<void>;
  /** Applies the element's current attributes. Loads the texts of another language. */
  update(): Promise<void>;
  identify(token: Identity): Promise<void>;
  setAttributes(attributes: Record<string, unknown>): void;
  sendMessage(text: string): Promise<string>;
  prefill(text: string): void;
  reset(): Promise<void>;
  consent(decision?: ConsentDecision): Promise<ConsentState>;
  /** Removes the panel and releases everything except stored data. */
  destroy(): void;
}

/** Methods of the panel that the element calls. */
export type PanelVerb = Exclude<keyof Panel, 'session' | 'identified'>;

/** The lazy module of the panel. */
export interface PanelModule {
  /** Creates a panel. Rejects when `signal` aborts before that. */
  createPanel(options: PanelOptions): Promise<Panel>;
}

/** The lazy module of `doctor()`. Works when the panel cannot be loaded. */
export interface DoctorModule {
  /** Checks everything that the widget needs. */
  examine(widget: HTMLElement, panel: Promise<Panel> | undefined): Promise<DoctorReport>;
}

/** Loads the panel and the texts of a language with `import()`, in parallel. */
export interface PanelLoader {
  panel(): Promise<PanelModule>;
  doctor(): Promise<DoctorModule>;
  strings(language: Language): Promise<{ strings: Strings }>;
}
