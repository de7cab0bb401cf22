import { compileFlow, type CompiledFlow, type PublicFlow } from '@alur/flow/run';

/** Returns a flow that asks, waits and answers. `greeting` distinguishes versions. */
export function askingFlow(greeting: string): PublicFlow {
  return {
    format: 'alur.flow/2',
    id: 'flow',
    name: 'Flow',
    timeZone: 'Asia/Jakarta',
    cards: {
      start: { kind: 'start', next: ['hi'] },
      hi: { kind: 'message', text: greeting, next: ['ask'] },
      ask: { kind: 'buttons', text: 'What is it about?', next: ['order', 'again', 'typed'] },
      order: { kind: 'button', label: 'Order', next: ['bye'] },
      again: { kind: 'button', label: 'Ask me again', next: ['jump'] },
      jump: { kind: 'jump', to: 'ask', next: [] },
      typed: { kind: 'else', next: ['other'] },
      other: { kind: 'message', text: 'Let me get an agent.', next: ['human'] },
      bye: { kind: 'message', text: 'One moment.', next: ['human2'] },
      human: { kind: 'assign-human', skipLastAiResponse: false, next: [] },
      human2: { kind: 'assign-human', skipLastAiResponse: true, next: [] },
    },
  };
}

/** Returns the compiled flow. */
export function compiledAskingFlow(greeting = 'Hello!'): CompiledFlow {
  return compileFlow(askingFlow(greeting));
}
