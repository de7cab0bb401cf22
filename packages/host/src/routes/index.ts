import type { Handlers } from '../http/handlers.ts';
import { conversationHandlers } from './conversations.ts';
import { directoryHandlers } from './directory.ts';
import { flowHandlers } from './flows.ts';
import { widgetHandlers } from './widget.ts';

/** Handlers of every operation in the contract. The type check fails when one is missing. */
export const handlers: Handlers = {
  ...directoryHandlers,
  ...widgetHandlers,
  ...flowHandlers,
  ...conversationHandlers,
};
