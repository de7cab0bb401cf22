/**
 * Input actions in the format of WebDriver and WebDriver BiDi.
 *
 * @module
 */
const KEYS = { Enter: '\uE007', Escape: '\uE00C', Tab: '\uE004' };

/** Returns the actions that move the mouse to a point. */
export function moveTo(x: number, y: number): object[] {
  return mouse({ type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0, origin: 'viewport' });
}

/** Returns the actions that press and release the mouse button at its position. */
export function click(): object[] {
  return mouse({ type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 });
}

function mouse(...actions: object[]): object[] {
  return [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }];
}

/** Returns the actions that type the characters of `text`. */
export function strokes(text: string): object[] {
  const actions = [...text].flatMap((value) => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ]);
  return [{ type: 'key', id: 'keyboard', actions }];
}

/** Returns the actions that press one key without a character. */
export function stroke(key: keyof typeof KEYS): object[] {
  return strokes(KEYS[key]);
}
