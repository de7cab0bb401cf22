import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

/**
 * Values by CSS property, such as `background-color` or `--_level`. Null or undefined removes the property.
 */
export type StyleProperties = Readonly<Record<string, string | number | null | undefined>>;

class StylePropertiesDirective extends Directive {
  #last: StyleProperties = {};

  override render(_properties: StyleProperties): unknown {
    return noChange;
  }

  override update(part: ElementPart, [properties]: [StyleProperties]): unknown {
    const { style } = part.element as HTMLElement;
    for (const name of Object.keys({ ...this.#last, ...properties })) {
      const value = properties[name];
      if (value === this.#last[name]) continue;
      // `setProperty` ignores an invalid value and would keep the previous one.
      style.removeProperty(name);
      if (value !== null && value !== undefined) style.setProperty(name, String(value));
    }
    this.#last = properties;
    return noChange;
  }
}

/**
 * Sets style properties of an element one by one: `html`<i ${styleProperties({ 'background-color': color
 * })}></i>``. A value can never add a second declaration, as it can in CSS text. Give colors to
 * `background-color`, which takes no address. Works under a Content Security Policy without `unsafe-inline`,
 * where a `style` attribute (and Lit's map of styles, which writes one first) does not.
 */
export const styleProperties = directive(StylePropertiesDirective);
