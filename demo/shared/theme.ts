import type { IconName } from './icons.ts';

/** The colour scheme of the page: that of the system, or the user's choice. */
export type Theme = 'system' | 'light' | 'dark';

const KEY = 'toko-senja:theme';
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** Returns the current theme. */
export function readTheme(): Theme {
  const stored = localStorage.getItem(KEY);
  return THEMES.find((theme) => theme === stored) ?? 'system';
}

/** Applies the stored theme to the page. Called once before the first paint. */
export function applyTheme(theme: Theme = readTheme()): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

/** Switches to the next theme and returns it. */
export function cycleTheme(): Theme {
  const next = THEMES[(THEMES.indexOf(readTheme()) + 1) % THEMES.length] ?? 'system';
  localStorage.setItem(KEY, next);
  applyTheme(next);
  return next;
}

/** Name and icon of each theme. */
export const THEME_APPEARANCE: Record<Theme, { name: string; icon: IconName }> = {
  system: { name: 'Tema: ikut sistem', icon: 'system' },
  light: { name: 'Tema: terang', icon: 'sun' },
  dark: { name: 'Tema: gelap', icon: 'moon' },
};
