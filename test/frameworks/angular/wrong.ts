import type { LivechatWidgetEvents } from '@alur/livechat-widget/angular';
import { Component, CUSTOM_ELEMENTS_SCHEMA } from '@angular/core';

/** Must be rejected: the handler takes another event. */
@Component({
  selector: 'app-wrong',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `<livechat-widget
    inbox="inb_web"
    host="https://chat.example.com"
    (livechat-unread)="hear($event)"
  />`,
})
export class Wrong {
  hear(event: LivechatWidgetEvents['livechat-message']): void {
    console.log(event.detail.text);
  }
}
