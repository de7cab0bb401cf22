/**
 * Parses a typed time of day (`9`, `9.30`, `0930`, `17:00`). Returns `HH:MM`, or null for other texts.
 * `endOfDay` allows `24:00`.
 */
export function parseClock(text: string, { endOfDay = false } = {}): string | null {
  const match = /^\s*(\d{1,2})(?:[:. ]?(\d{2}))?\s*$/.exec(text);
  if (!match) return null;
  const hours = Number(match[1]);
  const minutes = Number(match[2] ?? 0);
  const isEnd = endOfDay && hours === 24 && minutes === 0;
  if (minutes > 59 || (hours > 23 && !isEnd)) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
