/**
 * Types that client and host share: types generated from `openapi.yaml`, problem codes, and the frames of the
 * live streams. Flow documents, runs, inputs and effects are the types of `@alur/flow`.
 *
 * @module
 */
import type {
  FlowRun,
  Problem as FlowProblem,
  PublicEffect,
  PublicFlow,
  VisitorInput,
  Zones,
} from '@alur/flow';
import type {
  components,
  operations as GeneratedOperations,
  paths as GeneratedPaths,
} from './generated/openapi.ts';

export { PROBLEM_CODES, isProblemCode } from './problem-codes.ts';
export type { ProblemCode } from './problem-codes.ts';
export type { FlowRun, PublicEffect, PublicFlow, VisitorInput, Zones, FlowProblem };

/** Every path and operation of the contract, for openapi-fetch and for hosts that type their routes. */
export type paths = GeneratedPaths;
/** Every operation of the contract by its `operationId`, for hosts that keep their handlers in a table. */
export type operations = GeneratedOperations;

type Schemas = components['schemas'];

// Visitor API
export type WidgetConfig = Omit<Schemas['WidgetConfig'], 'zones'> & { zones: Zones };
export type Appearance = Schemas['Appearance'];
export type FlowPin = Schemas['FlowPin'];
export type CreateVisitor = Schemas['CreateVisitor'];
export type VisitorSession = Schemas['VisitorSession'];
export type Session = Schemas['Session'];
export type Turn = Schemas['Turn'];
export type TurnResult = Schemas['TurnResult'];
export type Verdict = TurnResult['verdict'];
export type VisitorConversation = Schemas['VisitorConversation'];
export type PublicHandler = Schemas['PublicHandler'];
export type RateSession = Schemas['RateSession'];
export type EndSession = Schemas['EndSession'];
export type Rating = Schemas['Rating'];

// The event log
export type Author = Schemas['Author'];
export type Attachment = Schemas['Attachment'];
export type Message = Schemas['Message'];
export type MessageEvent = Schemas['MessageEvent'];
export type SessionEvent = Schemas['SessionEvent'];
export type RunEvent = Schemas['RunEvent'];
export type StatusEvent = Schemas['StatusEvent'];
export type HandlerEvent = Schemas['HandlerEvent'];
export type ReadEvent = Schemas['ReadEvent'];
export type RatingEvent = Schemas['RatingEvent'];
export type LabelsEvent = Schemas['LabelsEvent'];
export type CollaboratorsEvent = Schemas['CollaboratorsEvent'];
export type PathEvent = Schemas['PathEvent'];
export type WebhookEvent = Schemas['WebhookEvent'];
export type FaultEvent = Schemas['FaultEvent'];
export type ErasedEvent = Schemas['ErasedEvent'];
/** One entry of a conversation's log, distinguished by `type`. Clients must ignore unknown types. */
export type ConversationEvent =
  | MessageEvent
  | SessionEvent
  | RunEvent
  | StatusEvent
  | HandlerEvent
  | ReadEvent
  | RatingEvent
  | LabelsEvent
  | CollaboratorsEvent
  | PathEvent
  | WebhookEvent
  | FaultEvent
  | ErasedEvent;
export type EventPage = Omit<Schemas['EventPage'], 'events'> & { events: ConversationEvent[] };

// Frames of the streams
export type StreamHello = Schemas['StreamHello'];
export type StreamBye = Schemas['StreamBye'];
export type TypingSignal = Schemas['TypingSignal'];
export type LiveHint = Schemas['LiveHint'];

// Dashboard API
export type Label = Schemas['Label'];
export type Agent = Schemas['Agent'];
export type AgentUpdate = Schemas['AgentUpdate'];
export type Team = Schemas['Team'];
export type AiAgent = Schemas['AiAgent'];
export type OfficeHours = Schemas['OfficeHours'];
export type Inbox = Schemas['Inbox'];
export type InboxUpdate = Schemas['InboxUpdate'];
export type FlowSummary = Schemas['FlowSummary'];
export type FlowVersionSummary = Schemas['FlowVersionSummary'];
export type FlowVersion = Schemas['FlowVersion'];
export type FlowDetail = Schemas['FlowDetail'];
export type FlowStatistics = Schemas['FlowStatistics'];
export type SavedVersion = Schemas['SavedVersion'];
export type ConversationStatus = Schemas['ConversationStatus'];
export type Handler = Schemas['Handler'];
export type Collaborators = Schemas['Collaborators'];
export type Conversation = Schemas['Conversation'];
export type Reply = Schemas['Reply'];
export type Assignment = Schemas['Assignment'];

/**
 * Members of `T` that have a name, without its index signature: `Omit` on an index signature drops all
 * members.
 */
type Named<T> = { [Key in keyof T as string extends Key ? never : Key]: T[Key] };

/** RFC 9457 problem details with the members of this contract. */
export type ProblemDetails = Omit<Named<Schemas['Problem']>, 'current'> & { current?: FlowDetail };
