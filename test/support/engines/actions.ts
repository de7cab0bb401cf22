/**
 * Input as WebDriver and WebDriver BiDi both describe it.
 *
 * @module
 */
const KEYS = { Enter: '\uE007', Escape: '\uE00C', Tab: '\uE004' };

/** Moves the mouse there. */
export function moveTo(x: number, y: number): object[] {
  return mouse({ type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0, origin: 'viewport' });
}

/** Presses and lets go, where the mouse is. */
export function click(): object[] {
  return mouse({ type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 });
}

function mouse(...actions: object[]): object[] {
  return [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }];
}

/** Strokes the keys of `text` one after the other. */
export function strokes(text: string): object[] {
  const actions = [...text].flatMap((value) => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ]);
  return [{ type: 'key', id: 'keyboard', actions }];
}

/** Strokes one key that writes nothing. */
export function stroke(key: keyof typeof KEYS): object[] {
  return strokes(KEYS[key]);
}
