import type { CardClip } from '@alur/flow';

/** What marks a text on the clipboard as cards. */
const FORMAT = 'alur.cards/1';

let own: CardClip | null = null;

/** Puts cards on the clipboard, so that they can be pasted into another flow or tab; always also into our own. */
export async function writeClipboard(clip: CardClip): Promise<void> {
  own = clip;
  try {
    await navigator.clipboard.writeText(JSON.stringify({ format: FORMAT, ...clip }));
  } catch {
    // Without leave for the system's clipboard, copies stay within this page.
  }
}

/** The cards on the clipboard: the system's when it may be read and holds cards, else those copied on this page. */
export async function readClipboard(): Promise<CardClip | null> {
  try {
    const value: unknown = JSON.parse(await navigator.clipboard.readText());
    if (isClip(value)) return { rootId: value.rootId, cards: value.cards };
  } catch {
    // Not readable, or not ours.
  }
  return own;
}

function isClip(value: unknown): value is CardClip & { format: string } {
  if (typeof value !== 'object' || value === null) return false;
  const { format, rootId, cards } = value as Record<string, unknown>;
  return (
    format === FORMAT &&
    typeof rootId === 'string' &&
    typeof cards === 'object' &&
    cards !== null &&
    rootId in cards
  );
}
