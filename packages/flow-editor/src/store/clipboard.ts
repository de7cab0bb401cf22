import type { CardClip } from '@alur/flow';

/** What marks a text on the clipboard as cards. */
const FORMAT = 'alur.cards/1';

let own: CardClip | null = null;

/**
 * Puts cards on the clipboard, so that they can be pasted into another flow or tab. Where the page may not
 * write to the system's clipboard, they can still be pasted on this page.
 */
export async function writeClipboard(clip: CardClip): Promise<void> {
  own = clip;
  // Text that is copied on this page later replaces the cards.
  for (const type of ['copy', 'cut'])
    document.addEventListener(type, forgetOwn, { once: true, capture: true });
  try {
    await navigator.clipboard.writeText(JSON.stringify({ format: FORMAT, ...clip }));
  } catch {
    // No permission: `own` holds the cards.
  }
}

function forgetOwn(): void {
  own = null;
}

/**
 * The cards on the clipboard; null when it holds something else. The system's clipboard decides when it may
 * be read, else the cards copied last on this page.
 */
export async function readClipboard(): Promise<CardClip | null> {
  let text: string;
  try {
    text = await navigator.clipboard.readText();
  } catch {
    return own;
  }
  try {
    const value: unknown = JSON.parse(text);
    return isClip(value) ? { rootId: value.rootId, cards: value.cards } : null;
  } catch {
    return null;
  }
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
