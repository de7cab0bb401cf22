/** Properties of a keyboard or input event that show whether an input method is active. */
export interface CompositionState {
  readonly isComposing?: boolean;
  readonly keyCode?: number;
}

/**
 * Returns whether an input method handles the key of this event, so that its Enter chooses a word and its
 * Escape ends the composition. Safari fires the `keydown` that ends a composition after `compositionend`: it
 * has `isComposing: false` and the key code 229, which UI Events reserves for keys that an input method
 * processes (https://www.w3.org/TR/uievents/#determine-keydown-keyup-keyCode).
 */
export function isComposing({ isComposing, keyCode }: CompositionState): boolean {
  return isComposing === true || keyCode === 229;
}
