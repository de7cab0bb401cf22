import type { IconName } from './icons.ts';

/** How the page is lit: as the system wants, or as the person chose. */
export type Theme = 'system' | 'light' | 'dark';

const KEY = 'toko-senja:theme';
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** The theme in force. */
export function readTheme(): Theme {
  const stored = localStorage.getItem(KEY);
  return THEMES.find((theme) => theme === stored) ?? 'system';
}

/** Puts the stored theme on the page; called once before anything is drawn. */
export function applyTheme(theme: Theme = readTheme()): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

/** Goes on to the next theme and answers it. */
export function cycleTheme(): Theme {
  const next = THEMES[(THEMES.indexOf(readTheme()) + 1) % THEMES.length] ?? 'system';
  localStorage.setItem(KEY, next);
  applyTheme(next);
  return next;
}

/** What each theme is called and drawn as. */
export const THEME_FACES: Record<Theme, { name: string; icon: IconName }> = {
  system: { name: 'Tema: ikut sistem', icon: 'system' },
  light: { name: 'Tema: terang', icon: 'sun' },
  dark: { name: 'Tema: gelap', icon: 'moon' },
};
