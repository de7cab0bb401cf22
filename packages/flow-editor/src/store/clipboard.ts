import type { CardClip } from '@alur/flow';

/** Format marker of copied cards. */
const FORMAT = 'alur.cards/1';

let own: CardClip | null = null;

/**
 * Writes cards to the clipboard, so that they can be pasted into another flow or tab. Without permission for
 * the system clipboard, they can still be pasted on the same page.
 */
export async function writeClipboard(clip: CardClip): Promise<void> {
  own = clip;
  // A later copy of text on the page replaces the cards.
  for (const type of ['copy', 'cut'])
    document.addEventListener(type, clearOwn, { once: true, capture: true });
  try {
    await navigator.clipboard.writeText(JSON.stringify({ format: FORMAT, ...clip }));
  } catch {
    // Without permission, `own` contains the cards.
  }
}

function clearOwn(): void {
  own = null;
}

/**
 * Returns the cards on the clipboard; null for other content. Uses the system clipboard if it is readable,
 * else the cards copied last on the page.
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
