/** The flow of rows about time: it replies with the weekday and the hour of the first message. */
export const CLOCK_FLOW = 'flow_clock';
export const CLOCK_INBOX = 'inb_clock';

type Cards = Record<string, { kind: string; next: string[]; [field: string]: unknown }>;

/**
 * Returns seven branches for the weekdays, each with 24 branches for the hours, in the local time of Jakarta.
 */
export function clockFlow(): object {
  const cards: Cards = {
    start: { kind: 'start', next: [...days.map((day) => `day${day}`), 'rest'] },
    rest: { kind: 'else', next: ['nobody'] },
    nobody: endCard(),
  };
  for (const day of days) {
    cards[`day${day}`] = {
      kind: 'condition',
      test: { kind: 'first-message-time', windows: [{ from: '00:00', to: '24:00', days: [day] }] },
      next: [`said${day}`],
    };
    cards[`said${day}`] = {
      kind: 'message',
      text: `hari ${day}`,
      next: [...hours.map((hour) => `hour${day}x${hour}`), `rest${day}`],
    };
    cards[`rest${day}`] = { kind: 'else', next: [`nobody${day}`] };
    cards[`nobody${day}`] = endCard();
    for (const hour of hours) addHour(cards, day, hour);
  }
  return { format: 'alur.flow/2', id: CLOCK_FLOW, name: 'Clock', timeZone: 'Asia/Jakarta', cards };
}

const days = [1, 2, 3, 4, 5, 6, 7];
const hours = Array.from({ length: 24 }, (_, hour) => hour);

function addHour(cards: Cards, day: number, hour: number): void {
  const clock = (value: number) => `${String(value).padStart(2, '0')}:00`;
  const name = `${day}x${hour}`;
  cards[`hour${name}`] = {
    kind: 'condition',
    test: { kind: 'first-message-time', windows: [{ from: clock(hour), to: clock(hour + 1) }] },
    next: [`told${name}`],
  };
  cards[`told${name}`] = { kind: 'message', text: `jam ${clock(hour)}`, next: [`end${name}`] };
  cards[`end${name}`] = endCard();
}

function endCard(): Cards[string] {
  return { kind: 'assign-human', agentIds: ['agt_sari'], teamIds: [], skipLastAiResponse: true, next: [] };
}

/** Returns the replies of that flow to a first message at `at`, in milliseconds since 1970. */
export function clockWords(at: number): [string, string] {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: 'Asia/Jakarta',
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string) => parts.find((each) => each.type === type)!.value;
  const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part('weekday')) + 1;
  return [`hari ${weekday}`, `jam ${part('hour')}:00`];
}
