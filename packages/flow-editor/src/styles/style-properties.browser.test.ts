import { html, render } from 'lit';
import type { FlowPicker } from '../elements/flow-picker/flow-picker.ts';
import { loadPart } from '../elements/lazy-parts.ts';
import { en } from '../strings/en.ts';
import { equal, mount, ok } from '../testing/support.ts';
import { styleProperties } from './style-properties.ts';

describe('styleProperties', () => {
  it('sets single properties, and an invalid value removes the property', () => {
    const box = document.createElement('div');
    const show = (color: string | null, width = '8px') => {
      render(html`<i ${styleProperties({ 'background-color': color, width })}></i>`, box);
      return (box.firstElementChild as HTMLElement).style.cssText;
    };
    equal(show('#b42318'), 'background-color: rgb(180, 35, 24); width: 8px;');
    for (const color of [
      'red;background-image:url(/fetched)',
      'url(/fetched)',
      'red}i{background:url(/fetched)',
      'red !important',
    ]) {
      equal(show(color), 'width: 8px;', color);
      equal(show('#b42318', '9px').includes('180'), true);
      show('#b42318');
    }
    equal(show(null), 'width: 8px;');
  });

  it('a label’s color adds nothing to the style of its dot', async () => {
    const color = 'red;background-image:url(/fetched)';
    await loadPart('details');
    const picker = await mount<FlowPicker>('flow-picker', {
      options: [{ id: 'lbl_vip', name: 'VIP', color }],
      value: ['lbl_vip'],
      strings: en,
    });
    const dot = picker.renderRoot.querySelector<HTMLElement>('.dot');
    ok(dot);
    equal([dot.style.length, getComputedStyle(dot).backgroundImage], [0, 'none']);
  });
});
