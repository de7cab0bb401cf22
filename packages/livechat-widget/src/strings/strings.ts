/** Texts of the panel. Functions take the values to insert. */
export interface Strings {
  /** BCP 47 tag for dates and times. */
  locale: string;
  conversation: string;
  defaultTitle: string;
  /** Below the title, while agents are available and no one has answered. */
  tagline: string;
  /** In the same place while agents are not available. */
  availability: {
    refused: string;
    offline: string;
    unreachable: string;
    /** Outside office hours, for more than a week. */
    away: string;
    /** Outside office hours. `day` is one of the two texts below, or the name of a weekday. */
    back(day: string, time: string): string;
    today: string;
    tomorrow: string;
  };
  aiAgent: string;
  agent: string;
  assistant: string;
  you: string;
  close: string;
  menu: string;
  greeting: string;
  composer: string;
  send: string;
  charactersLeft(count: number): string;
  tooLong(count: number): string;
  /** Pasted text was too long. */
  cut(limit: number): string;
  queued: string;
  sending: string;
  sent: string;
  seen: string;
  failed: string;
  failedTooLarge: string;
  retry: string;
  edit: string;
  choices: string;
  chosen: string;
  typing(name: string): string;
  /** Announced when another person or an AI agent becomes the assignee. */
  joined(name: string): string;
  newMessages(count: number): string;
  latest: string;
  older: string;
  today: string;
  yesterday: string;
  /**
   * Returns a time of day as `Intl` formats it; the first use of `Intl` takes as long as opening the panel.
   * Hours are 0 to 23. `region` is the visitor's language tag, which decides between 12 and 24 hours.
   * Default: the browser's.
   */
  time(hours: number, minutes: number, region?: string): string;
  resolved: string;
  newConversation: string;
  loading: string;
  offline: string;
  reconnecting: string;
  unreachable: string;
  refused: string;
  /** A lazy module could not be loaded. */
  partFailed: string;
  notKept: string;
  /** A file was dropped or pasted. */
  noFiles: string;
  form: string;
  image: string;
  /** Replaces a message that cannot be rendered. */
  unreadable: string;
}
