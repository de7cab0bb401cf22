/** Everything the panel says. Functions take what is filled in. */
export interface Strings {
  /** BCP 47 tag for dates and times. */
  locale: string;
  conversation: string;
  defaultTitle: string;
  /** Under the title, while people are there and none in particular answers. */
  tagline: string;
  /** In that place when they are not. */
  availability: {
    refused: string;
    offline: string;
    unreachable: string;
    /** Outside office hours, for more than a week. */
    away: string;
    /** Outside office hours: `day` is one of the two below, or the name of a weekday. */
    back(day: string, time: string): string;
    today: string;
    tomorrow: string;
  };
  aiAgent: string;
  agent: string;
  assistant: string;
  you: string;
  /** The launcher's name while the chat is closed. */
  open: string;
  unread(count: number): string;
  close: string;
  menu: string;
  greeting: string;
  composer: string;
  send: string;
  charactersLeft(count: number): string;
  tooLong(count: number): string;
  /** What was pasted did not fit. */
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
  /** Announced when another person or an AI agent takes over. */
  joined(name: string): string;
  newMessages(count: number): string;
  latest: string;
  older: string;
  today: string;
  yesterday: string;
  /**
   * A time of day as `Intl` writes it, whose first use alone takes as long as opening the panel does. Hours
   * go from 0 to 23. `region` is the visitor's own language tag, which says whether their clock has 12 hours
   * or 24. Default: the browser's.
   */
  time(hours: number, minutes: number, region?: string): string;
  resolved: string;
  newConversation: string;
  loading: string;
  offline: string;
  reconnecting: string;
  unreachable: string;
  refused: string;
  /** A part that is loaded on need did not come. */
  partFailed: string;
  notKept: string;
  /** A file was dropped or pasted. */
  noFiles: string;
  form: string;
  image: string;
  /** In the place of a message that cannot be drawn. */
  unreadable: string;
}
