import type { Appearance, FlowProblem, OfficeHours } from '@alur/protocol';

/**
 * Everything a host starts with, as one JSON document: the file given to `--workspace`. Ids match
 * `[A-Za-z0-9_-]{1,64}`; flow documents, inboxes and teams refer to each other by them. An import creates
 * what is missing and never changes what is there, so that people's later work stays.
 */
export interface Workspace {
  account: {
    id: string;
    name: string;
    /** Bearer keys for servers and for the demo; kept as hashes only. */
    apiKeys: string[];
    /** HS256 secret of the JWTs with which a partner's backend lets its people in. At least 32 characters. */
    signingKey: string;
    /** Secret with which webhook calls are signed. Without it they are not. */
    webhookSecret?: string;
    /** Exact origins of the pages that may call the dashboard's door from a browser. */
    dashboardOrigins: string[];
    /** IANA name of the zone that new flows keep their hours in. Default: `Asia/Jakarta`. */
    timeZone?: string;
  };
  labels?: WorkspaceLabel[];
  agents?: WorkspaceAgent[];
  teams?: WorkspaceTeam[];
  aiAgents?: WorkspaceAiAgent[];
  /** Flow documents, format `alur.flow/2`. One without errors goes live. */
  flows?: unknown[];
  inboxes?: WorkspaceInbox[];
}

export interface WorkspaceLabel {
  id: string;
  name: string;
  /** `#rrggbb`. */
  /** `#` and six hex digits. */
  color: string;
}

export interface WorkspaceAgent {
  id: string;
  name: string;
  /** Whether conversations may be given to this agent before its first dashboard stream. Default: true. */
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
  /** The language of its few built-in sentences. Default: `id`. */
  language?: AiLanguage;
  /** How a language model should behave; the built-in answerer does not need them. */
  instructions?: string;
  /** What it knows. The built-in answerer answers from these alone. */
  questions: AiQuestion[];
  /**
   * What it asks back when it has no answer the first time. Default: a sentence with the visitor's own words.
   */
  clarification?: string;
  /** What it says when it has no answer the second time in a row, and hands over. */
  fallback?: string;
}

/** A language in which the host has sentences of its own. */
export type AiLanguage = 'id' | 'en';

/** Something an AI agent knows. */
export interface AiQuestion {
  question: string;
  /** Other ways to ask the same. */
  alternatives?: string[];
  answer: string;
}

export interface WorkspaceInbox {
  id: string;
  name: string;
  type: 'web-livechat' | 'whatsapp';
  /** The flow that new sessions take. */
  flow?: string | null;
  aiAgentId?: string | null;
  agentIds?: string[];
  teamIds?: string[];
  /** Exact origins of the pages that may embed the widget. Empty: any. */
  origins?: string[];
  appearance?: Appearance;
  /** When people answer, for the widget to say so. */
  officeHours?: OfficeHours;
  /** HS256 secret with which the site's backend vouches for its visitors; two while one is being replaced. */
  identityKey?: string | string[];
}

/** What an import did: how many of each were created, and what is wrong with flows that stayed drafts. */
export interface ImportResult {
  created: Record<'accounts' | 'labels' | 'agents' | 'teams' | 'aiAgents' | 'flows' | 'inboxes', number>;
  drafts: { flowId: string; problems: FlowProblem[] }[];
}
