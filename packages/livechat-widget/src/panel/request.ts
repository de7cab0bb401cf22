/** Request of a part of the panel. */
export type PanelRequest =
  /** Sends the draft, which the session has. */
  | { do: 'send' }
  | { do: 'press'; cardId: string; buttonId: string }
  | { do: 'retry'; id: string }
  | { do: 'edit'; id: string }
  | { do: 'older' }
  | { do: 'draft'; text: string };

/** Carries a request to the parent element. It does not bubble. */
export class PanelRequestEvent extends Event {
  readonly request: PanelRequest;

  constructor(request: PanelRequest) {
    super('panel-request');
    this.request = request;
  }
}
