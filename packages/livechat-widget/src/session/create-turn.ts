import type { QueuedTurn, VisitorInput, WidgetConfig } from '@alur/client';
import { effectiveFacts, ENGINE_REVISION, type Facts, type VerifiedVisitor } from '@alur/flow/run';
import type { Flows, Screen } from '../store/screen.ts';

/** Everything that a turn is created from, except its input. */
export interface TurnContext {
  screen: Screen;
  config: WidgetConfig | null;
  flows: Flows;
  /** Facts about the visitor that the page has set. */
  person: Facts['visitor'];
  /** Claims of the identity token about the visitor; null for an anonymous one. */
  verified: VerifiedVisitor | null;
  /** Language tag of the user interface. */
  language?: string | undefined;
  newId(): string;
}

/** Creates the turn for an input: its session, and the claim of effects if this device can run the flow. */
export function createTurn(input: VisitorInput, context: TurnContext): QueuedTurn {
  const { screen, config, flows, newId } = context;
  const { person, verified, language } = context;
  const { engine } = flows;
  const pin = screen.session ? screen.session.flow : config ? config.flow : undefined;
  const turn: QueuedTurn = { id: input.id, session: screen.session?.id ?? newId(), input };
  if (pin !== undefined) turn.flow = pin;
  if (!screen.session) {
    turn.facts = {
      ...((person || verified || language) && {
        visitor: effectiveFacts({ ...person, ...(language && { language }) }, verified),
      }),
      ...(config && { inbox: { name: config.inbox.name } }),
    };
  }
  const claim = (effects: QueuedTurn['effects']) => ({ ...turn, effects, engineRevision: ENGINE_REVISION });
  if (pin === null) return claim([]);
  const flow = pin && flows.compiled(pin);
  if (!flow || !engine) return turn;
  const run = screen.run ?? engine.startRun(turn.facts);
  return claim(engine.advance(flow, run, input).effects);
}
