import type { InboxAddress, WidgetConfig } from '@alur/client';
import type { Emit } from '../events.ts';
import type { Language } from '../strings/language.ts';
import type { Strings } from '../strings/strings.ts';

/** What the page's author set on the element, as far as the panel shows it. */
export interface PanelSettings {
  title: string | null;
  greeting: string | null;
  contact: string | null;
  language: Language;
}

/** A JWT from the site's backend, or what fetches one. */
export type Identity = string | (() => string | Promise<string>);

/** What the page said of the visitor: it holds for as long as the element lives, whatever becomes of its panel. */
export interface PanelMemory {
  identity?: Identity | undefined;
  attributes?: Record<string, unknown> | undefined;
}

/** What the panel needs from the launcher. */
export interface PanelOptions extends InboxAddress {
  /** Where the panel puts its element: inside the launcher's shadow root. */
  container: HTMLElement;
  /** What the launcher was told; null when it got no answer. */
  config: Promise<WidgetConfig | null>;
  memory: PanelMemory;
  strings: Strings;
  settings: PanelSettings;
  emit: Emit;
  /** A configuration came after all: from the device's cache, or when the host was back. */
  onConfig(config: WidgetConfig): void;
  /** The visitor wants the panel closed. */
  onClose(): void;
  /** The visitor chose the other language. */
  onLanguage(language: Language): void;
}

/** The loaded panel, as the launcher drives it. */
export interface Panel {
  /** Shows it; `focus` says whether the composer takes the focus. */
  open(focus: boolean): void;
  close(): void;
  /** Asks once how much is unread. */
  peek(): Promise<void>;
  update(settings: PanelSettings, strings: Strings): void;
  identify(token: Identity): Promise<void>;
  setAttributes(attributes: Record<string, unknown>): void;
  sendMessage(text: string): Promise<string>;
  prefill(text: string): void;
  reset(): Promise<void>;
  /** Takes the element away and lets go of everything but what is stored. */
  destroy(): void;
}

/** The lazily loaded module. */
export interface PanelModule {
  /** Rejects when it is not to be learnt whose conversation it would show. */
  createPanel(options: PanelOptions): Promise<Panel>;
}

/** How the panel and a language's words are fetched: with `import()`, in one parallel wave. */
export interface PanelLoader {
  panel(): Promise<PanelModule>;
  strings(language: Language): Promise<{ strings: Strings }>;
}
