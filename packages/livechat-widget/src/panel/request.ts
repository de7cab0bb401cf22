/** What a part of the panel asks of the whole. */
export type PanelRequest =
  | { do: 'send'; text: string }
  | { do: 'press'; cardId: string; buttonId: string }
  | { do: 'retry'; id: string }
  | { do: 'edit'; id: string }
  | { do: 'older' }
  | { do: 'draft'; text: string };

/** Carries a request to the element's owner; it goes no further. */
export class PanelRequestEvent extends Event {
  readonly request: PanelRequest;

  constructor(request: PanelRequest) {
    super('panel-request');
    this.request = request;
  }
}
