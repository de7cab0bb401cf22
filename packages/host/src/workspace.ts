import type { Appearance, FlowProblem, OfficeHours } from '@alur/protocol';

/**
 * Initial data of a host as one JSON document: the file for `--workspace`. Ids match `[A-Za-z0-9_-]{1,64}`;
 * flow documents, inboxes and teams refer to each other by them. An import creates missing entries and never
 * changes existing ones, so that later changes by users stay.
 */
export interface Workspace {
  account: {
    id: string;
    name: string;
    /** Bearer keys for servers and for the demo. Only their hashes are stored. */
    apiKeys: string[];
    /** HS256 secret of the JWTs with which a partner's backend signs in its users. At least 32 characters. */
    signingKey: string;
    /** Secret that signs webhook calls. Without it, they are not signed. */
    webhookSecret?: string;
    /** Exact origins of the pages that may call the dashboard API from a browser. */
    dashboardOrigins: string[];
    /** IANA name of the time zone of new flows. Default: `Asia/Jakarta`. */
    timeZone?: string;
  };
  labels?: WorkspaceLabel[];
  agents?: WorkspaceAgent[];
  teams?: WorkspaceTeam[];
  aiAgents?: WorkspaceAiAgent[];
  /** Flow documents, format `alur.flow/2`. A flow without errors goes live. */
  flows?: unknown[];
  inboxes?: WorkspaceInbox[];
}

export interface WorkspaceLabel {
  id: string;
  name: string;
  /** `#` and six hex digits. */
  color: string;
}

export interface WorkspaceAgent {
  id: string;
  name: string;
  /** Whether conversations may be assigned to this agent before its first dashboard stream. Default: true. */
  online?: boolean;
  /** An `https:` address. */
  avatarUrl?: string;
}

export interface WorkspaceTeam {
  id: string;
  name: string;
  agentIds: string[];
}

export interface WorkspaceAiAgent {
  id: string;
  name: string;
  /** Language of its built-in sentences. Default: `id`. */
  language?: AiLanguage;
  /** Instructions for a language model. The built-in answerer ignores them. */
  instructions?: string;
  /** Questions with their answers. The built-in answerer uses only these. */
  questions: AiQuestion[];
  /**
   * Question that it asks when it has no answer the first time. Default: a sentence with the visitor's own
   * words.
   */
  clarification?: string;
  /** Text that it sends when it has no answer the second time in a row and hands over. */
  fallback?: string;
}

/** Language in which the host has built-in sentences. */
export type AiLanguage = 'id' | 'en';

/** A question with its answer. */
export interface AiQuestion {
  question: string;
  /** Other wordings of the question. */
  alternatives?: string[];
  answer: string;
}

export interface WorkspaceInbox {
  id: string;
  name: string;
  type: 'web-livechat' | 'whatsapp';
  /** Id of the flow that new sessions run. */
  flow?: string | null;
  aiAgentId?: string | null;
  agentIds?: string[];
  teamIds?: string[];
  /** Exact origins of the pages that may embed the widget. Empty: any. */
  origins?: string[];
  appearance?: Appearance;
  /** Hours in which agents answer, for display in the widget. */
  officeHours?: OfficeHours;
  /** HS256 secret with which the site's backend signs identity tokens; two while one is being replaced. */
  identityKey?: string | string[];
}

/** Result of an import: number of created entries, and the problems of flows that are not live. */
export interface ImportResult {
  created: Record<'accounts' | 'labels' | 'agents' | 'teams' | 'aiAgents' | 'flows' | 'inboxes', number>;
  drafts: { flowId: string; problems: FlowProblem[] }[];
}
