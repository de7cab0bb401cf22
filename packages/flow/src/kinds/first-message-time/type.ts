/** Time range on some weekdays. */
export interface TimeWindow {
  /** Start, `HH:MM`, `00:00`..`23:59`. */
  from: string;
  /**
   * End, `HH:MM`, `00:00`..`24:00`, exclusive. Before `from`: the window ends on the next day. Same as
   * `from`: the whole day.
   */
  to: string;
  /** ISO weekdays, 1 is Monday. Default: all seven. */
  days?: number[];
}

/** Matches if the session's first message arrived within one of the windows (rule 4). */
export interface TimeTest {
  kind: 'first-message-time';
  /** 1..20 windows. A test without windows counts as not filled in. */
  windows: TimeWindow[];
  /** IANA zone of the windows. Default: the flow's. */
  timeZone?: string | null;
}

/**
 * Time test of `alur.flow/1`: one window, without a list. Caches can still contain public copies of that
 * format.
 */
export interface TimeTestV1 extends TimeWindow {
  kind: 'first-message-time';
  timeZone?: string | null;
}
