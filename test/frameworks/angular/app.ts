import '@alur/livechat-widget/angular';
import type { LivechatWidget, LivechatWidgetEvents } from '@alur/livechat-widget/angular';
import { Component, CUSTOM_ELEMENTS_SCHEMA, ElementRef, signal, viewChild } from '@angular/core';

@Component({
  selector: 'app-root',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <livechat-widget
      #chat
      inbox="inb_web"
      host="https://chat.example.com"
      (livechat-unread)="unread.set($event.detail.count)"
      (livechat-message)="hear($event)"
    />
    <p>{{ unread() }}</p>
  `,
})
export class App {
  readonly chat = viewChild.required<ElementRef<LivechatWidget>>('chat');
  readonly unread = signal(0);

  hear(event: LivechatWidgetEvents['livechat-message']): void {
    console.log(event.detail.text);
  }

  open(): Promise<void> {
    return this.chat().nativeElement.openPanel();
  }
}
