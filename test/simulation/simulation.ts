import type { FlowPin } from '@alur/protocol';
import type { FlowCache } from '../../packages/host/src/operations/flow-cache.ts';
import { HostProblem, isHostProblem } from '../../packages/host/src/problem.ts';
import type { View } from '../../packages/livechat-widget/src/session/view-model.ts';
import { checkHost } from './check-host.ts';
import { checkDelivery } from './check-delivery.ts';
import { createScreenWatch, screenFault } from './check-screen.ts';
import { createCallWatch } from './check-calls.ts';
import { Device } from './device.ts';
import { newTables, VERSIONS, WORDS } from './flows.ts';
import { HostProcess } from './host/host-process.ts';
import type { MemoryTransaction } from './host/memory-records.ts';
import { Store } from './host/memory-database.ts';
import { FINE, Network } from './network.ts';
import { drawScenario, type Deed, type Scenario } from './scenario.ts';
import { Tab, type TabBug } from './tab.ts';
import { World } from './world.ts';

/** A planted bug: a defect that is added on purpose, to check that the simulation finds it. */
export interface PlantedBug extends TabBug {
  records?(transaction: MemoryTransaction, store: Store): MemoryTransaction;
}

/** Options of a simulation. */
export interface SimulationOptions {
  /** Returns a cache of compiled flows. Called for each simulation. */
  flows: () => FlowCache;
  trace?: boolean;
  plantedBug?: PlantedBug | undefined;
  /** Makes all device clocks correct, whatever the seed drew. */
  areClocksRight?: boolean;
  /** Changes the scenario that the seed drew. */
  adjust?(scenario: Scenario): Scenario;
}

/** Result of a simulation. */
export interface SimulationResult {
  seed: number;
  /** Violations, one sentence each; empty when there are none. */
  faults: string[];
  events: number;
  inputs: number;
  /** The events, when a trace was requested. */
  lines: readonly string[];
}

/** Maximum time in milliseconds until everything is settled after the last fault. */
const SETTLE_MS = 5 * 60_000;
const AGENT_PATIENCE_MS = 8_000;

/** One simulation: visitors with tabs, a host with its processes, agents, and all faults between them. */
export class Simulation {
  readonly world: World;
  readonly scenario: Scenario;
  readonly store: Store;
  readonly network: Network;
  readonly devices: Device[] = [];
  readonly tabs: Tab[] = [];
  readonly faults: string[] = [];
  readonly #options: SimulationOptions;
  readonly #screens = createScreenWatch((fault) => this.faults.push(fault));
  readonly #calls;
  /** Inputs that their visitor withdrew. */
  readonly #withdrawn = new Set<string>();
  #processes: HostProcess[] = [];
  #isOver = false;
  #words = 0;

  constructor(seed: number, options: SimulationOptions) {
    const { trace = false, plantedBug, flows, adjust = (scenario) => scenario } = options;
    this.#options = options;
    this.world = new World(seed, { trace });
    const { world } = this;
    this.scenario = adjust(drawScenario(world.random));
    const { isOverlapping, processes, served, devices, weather } = this.scenario;
    this.store = new Store({
      world,
      tables: newTables(served),
      flows: flows(),
      isOverlapping,
      wrap: plantedBug?.records?.bind(plantedBug),
      onDefect: (error) => this.faults.push(`The host broke: ${String(error)}`),
    });
    for (let i = 0; i < processes; i++) this.#startProcess();
    this.network = new Network({
      world,
      host: () => (this.#processes.length > 0 ? world.random.pick(this.#processes) : null),
      refuse: (address, body) => refusalOf(address, body),
    });
    this.network.weather = weather;
    this.#calls = createCallWatch(world, (fault) => this.faults.push(fault));
    this.network.onCall = this.#calls.hear;
    devices.forEach(({ clockError }, index) => {
      const device = new Device(world, `d${index + 1}`);
      device.clockError = options.areClocksRight ? 0 : clockError;
      this.devices.push(device);
      this.#openTab(device);
    });
  }

  /** Runs the simulation to its end. Returns the result. */
  async run(): Promise<SimulationResult> {
    const { world } = this;
    await this.#runActions();
    const unsettled = await this.#settle();
    this.#check();
    if (unsettled !== null) this.faults.push(unsettled);
    await this.#closeAll();
    const inputs = this.devices.reduce((sum, { kept }) => sum + kept.length, 0);
    return { seed: world.seed, faults: this.faults, events: world.events, inputs, lines: world.lines };
  }

  /** The phase with actions and faults. */
  async #runActions(): Promise<void> {
    const { world, scenario } = this;
    const { random } = world;
    const deeds = Object.entries(scenario.weights) as [Deed, number][];
    const total = deeds.reduce((sum, [, weight]) => sum + weight, 0);
    for (let i = 0; i < scenario.actions; i++) {
      await world.run(random.chance(0.6) ? random.between(0, 1_500) : random.between(0, 15_000));
      let point = random.between(0, total);
      const deed = deeds.find(([, weight]) => (point -= weight) < 0)?.[0] ?? 'say';
      if (deed === 'night') await this.#expireTokens();
      else this.#do(deed);
    }
    await world.run(random.between(0, 5_000));
  }

  #do(deed: Exclude<Deed, 'night'>): void {
    const { world, devices } = this;
    const { random } = world;
    const device = random.pick(devices);
    const alive = this.#tabsOf(device);
    const tab = alive.length > 0 ? random.pick(alive) : this.#openTab(device);
    switch (deed) {
      case 'say':
        return this.#say(tab);
      case 'press':
        return this.#press(tab);
      case 'type':
        return tab.act('types', (session) => session.noteTyping());
      case 'open':
        return void (alive.length < 3 && this.#openTab(device));
      case 'close':
        return this.#closeTab(tab);
      case 'kill':
        return tab.die();
      case 'reload':
        if (random.chance(0.5)) this.#closeTab(tab);
        else tab.die();
        return void world.after(random.between(50, 1_000), () => this.#isOver || this.#openTab(device));
      case 'hide':
        if (!tab.isVisible) return tab.setVisible(true);
        tab.setVisible(false);
        if (random.chance(0.5)) tab.act('rests', (session) => session.disconnectWhenIdle());
        return;
      case 'freeze':
        return this.#freeze(tab);
      case 'net':
        return this.#setOffline(device, !device.isOffline);
      case 'mend':
        return this.#retryOrWithdraw(tab);
      case 'older':
        return tab.act('asks for older messages', (session) => session.loadOlder());
      case 'clock':
        world.note(device.name, 'its clock jumps');
        device.clockError = random.chance(0.5) ? 0 : random.between(-86_400_000, 86_400_000);
        if (this.#options.areClocksRight) device.clockError = 0;
        this.#calls.clockJumped(device);
        return;
      case 'reply':
        return this.#agent('replyToConversation', (id) => ({
          id,
          text: `Jawaban ${id.slice(-3)}`,
          agentId: random.pick(['agt_budi', 'agt_sari']),
        }));
      case 'resolve':
        return this.#agent('resolveConversation', () => ({ by: 'agt_budi' }));
      case 'assign':
        return this.#agent('assignConversation', () => ({
          to: random.pick([
            { kind: 'agent', agentId: 'agt_sari' },
            { kind: 'ai', aiAgentId: 'ai_cs' },
            { kind: 'nobody' },
          ]),
        }));
      case 'label':
        return this.#agent('setConversationLabels', () => ({
          labelIds: random.pick([[], ['lbl_vip'], ['lbl_new', 'lbl_vip']]),
        }));
      case 'version':
        return this.#serve(random.pick(VERSIONS));
      case 'crash':
        return this.#crash();
      case 'deploy':
        return this.#deploy();
      case 'deaf': {
        const process = this.#processes[0];
        process?.database.setDeaf(true);
        return void world.after(random.between(0, 5_000), () => process?.database.setDeaf(false));
      }
    }
  }

  #tabsOf(device: Device): Tab[] {
    return this.tabs.filter((tab) => tab.device === device && !tab.isDead);
  }

  #openTab(device: Device): Tab {
    const { world, network, scenario } = this;
    const { hasLocks } = scenario.devices[this.devices.indexOf(device)]!;
    const tab = new Tab({
      device,
      name: `${device.name}.t${this.tabs.length + 1}`,
      network,
      inboxId: 'inb_sim',
      hasLocks,
      plantedBug: this.#options.plantedBug,
      onView: (view: View, of: Tab) => this.#screens.see(view, of),
    });
    this.tabs.push(tab);
    if (!hasLocks) this.#calls.hasLease(device);
    tab.act('opens', (session) => {
      session.setWatched(world.random.chance(0.7));
      session.connect();
    });
    return tab;
  }

  #closeTab(tab: Tab): void {
    tab.tell('pagehide');
    tab.act('closes', (session) => session.disconnectWhenIdle());
    this.world.after(this.world.random.between(0, 30), () => tab.die());
  }

  #say(tab: Tab): void {
    const { random } = this.world;
    this.#words += 1;
    const isRefused = this.scenario.weights.mend > 0 && random.chance(0.12);
    const words = isRefused ? `TOLAK ${this.#words}` : random.pick(WORDS);
    tab.act(`says "${words}"`, (session) => session.send(words));
  }

  #press(tab: Tab): void {
    const { random } = this.world;
    const { messages } = tab.view.screen;
    const open = messages.findLast(({ choices }) => choices?.open)?.choices;
    if (!open) return this.#say(tab);
    const button = random.pick(open.buttons);
    tab.act(`presses "${button.label}"`, (session) => session.press(open.cardId, button.id));
    // The second half of a double click.
    if (random.chance(0.2))
      tab.act(`presses "${button.label}"`, (session) => session.press(open.cardId, button.id));
  }

  /** Handles a refused input: retries it, or withdraws it and sends another text. */
  #retryOrWithdraw(tab: Tab): void {
    const failed = tab.view.screen.messages.find(({ delivery }) => delivery === 'failed');
    if (!failed) return;
    if (this.world.random.chance(0.3)) return tab.act('tries again', (session) => session.retry(failed.id));
    tab.act('takes back', async (session) => {
      await session.edit(failed.id);
      const { draft } = session.view.get();
      if (draft === '') return;
      this.#withdrawn.add(failed.id);
      session.setDraft('');
      await session.send(draft.replace('TOLAK', 'baik'));
    });
  }

  #freeze(tab: Tab): void {
    if (tab.isFrozen) return;
    this.world.note(tab.name, 'freezes');
    tab.isFrozen = true;
    this.#calls.froze(tab.device);
    this.world.after(this.world.random.between(100, 40_000), () => this.#thaw(tab));
  }
  #thaw(tab: Tab): void {
    if (!tab.isFrozen || this.#isOver) return;
    this.world.note(tab.name, 'thaws');
    this.world.thaw(tab);
  }

  #setOffline(device: Device, isOffline: boolean): void {
    this.world.note(device.name, isOffline ? 'offline' : 'online');
    device.isOffline = isOffline;
    this.network.deviceChanged(isOffline, (caller) => (caller as Tab).device === device);
    if (!isOffline) for (const tab of this.#tabsOf(device)) tab.tell('online');
  }

  /** Runs an agent's change in a conversation, and repeats it until it is confirmed. */
  #agent(
    name: 'replyToConversation' | 'resolveConversation' | 'assignConversation' | 'setConversationLabels',
    inputOf: (id: string) => object,
  ): void {
    const { world } = this;
    const { tables } = this.store.options;
    const [...conversations] = tables.conversations.keys();
    if (conversations.length === 0) return;
    const conversationId = world.random.pick(conversations);
    const input = { accountId: tables.accountId, conversationId, ...inputOf(world.newId()) };
    const attempt = (left: number) => {
      const process = this.#processes[0];
      let isDone = false;
      world.after(AGENT_PATIENCE_MS, () => isDone || left === 0 || attempt(left - 1));
      if (!process) return;
      world.note('agent', name);
      process.database.run(name, input as never).then(
        () => (isDone = true),
        (error: unknown) => (isDone = isHostProblem(error)),
      );
    };
    attempt(4);
  }

  /** Serves another version to new sessions from now on. */
  #serve(pin: FlowPin | null): void {
    const { servings } = this.store.options.tables;
    const current = servings.find(({ until }) => until === null);
    if (current?.id === pin?.id && current?.version === pin?.version) return;
    const now = new Date(this.world.now);
    if (current) current.until = now;
    if (pin) servings.push({ ...pin, from: now, until: null });
    this.world.note('host', `serves ${pin ? pin.version : 'no flow'}`);
  }

  #startProcess(): void {
    if (this.#processes.length >= this.scenario.processes) return;
    this.#processes.push(new HostProcess(this.world, this.store));
  }
  #crash(): void {
    const process = this.#processes.shift();
    if (!process) return;
    this.world.note('host', 'crashes');
    process.die();
    this.network.cutProcess(process);
    this.world.after(this.world.random.between(10, 4_000), () => this.#startProcess());
  }
  #deploy(): void {
    const process = this.#processes.shift();
    if (!process) return;
    this.world.note('host', 'says goodbye');
    process.sayBye();
    const { random } = this.world;
    // With two processes on one PGlite folder, the second would refuse to start.
    if (this.scenario.isOverlapping && random.chance(0.5)) this.#startProcess();
    this.world.after(random.between(10, 500), () => {
      process.die();
      this.network.cutProcess(process);
      this.#startProcess();
    });
  }

  /** Lets time pass so that tokens expire: twenty minutes awake, or hours asleep. */
  async #expireTokens(): Promise<void> {
    const { world, devices } = this;
    const isAwake = world.random.chance(0.5);
    world.note('world', isAwake ? 'twenty minutes pass' : 'three hours pass');
    if (isAwake) return world.run(20 * 60_000);
    for (const device of devices) if (!device.isOffline) this.#setOffline(device, true);
    for (const tab of this.tabs) {
      this.#calls.froze(tab.device);
      if (!tab.isDead) tab.isFrozen = true;
      this.network.cutCaller(tab);
    }
    await world.run(3 * 3_600_000);
    for (const device of devices) this.#setOffline(device, false);
    for (const tab of this.tabs) if (!tab.isDead) this.#thaw(tab);
  }

  /** Removes all faults. Everything has to complete by itself. */
  async #settle(): Promise<string | null> {
    const { world, network, devices } = this;
    world.note('world', 'peace');
    network.weather = FINE;
    while (this.#processes.length < this.scenario.processes) this.#startProcess();
    for (const process of this.#processes) process.database.setDeaf(false);
    // Some tabs stay frozen for ever, which must not affect the others.
    const keepsFrozen = world.random.chance(0.5);
    for (const tab of this.tabs) if (!tab.isDead && !keepsFrozen) this.#thaw(tab);
    this.#isOver = true;
    for (const device of devices) {
      if (device.isOffline) this.#setOffline(device, false);
      if (this.#tabsOf(device).every(({ isFrozen, isLeaving }) => isFrozen || isLeaving))
        this.#openTab(device);
      for (const tab of this.#tabsOf(device)) tab.setVisible(true);
    }
    const end = world.now + SETTLE_MS;
    let open: string | null = null;
    do {
      await world.run(2_000);
      open = this.#unsettled();
    } while (open !== null && world.now < end);
    return open && `After ${SETTLE_MS / 60_000} minutes of peace ${open}`;
  }

  /** Returns what is not complete yet; null when everything is. */
  #unsettled(): string | null {
    for (const device of this.devices) {
      const waiting = [...device.rows.values()].find(({ state }) => state !== 'failed');
      if (waiting) return `${waiting.kind} ${waiting.id} is still on ${device.name}.`;
    }
    for (const tab of this.tabs) {
      const fault = tab.isDead || tab.isFrozen ? null : screenFault(tab, this.store.options.tables);
      if (fault) return `${tab.name}: ${fault}`;
    }
    return null;
  }

  #check(): void {
    const { tables, flows } = this.store.options;
    this.faults.push(...checkHost(tables, flows), ...checkDelivery(tables, this.devices, this.#withdrawn));
  }

  /** Closes everything: no resource may be left. */
  async #closeAll(): Promise<void> {
    const { world } = this;
    for (const tab of this.tabs) tab.act('leaves', (session) => session.close());
    // Pending calls can still complete, or time out.
    await world.run(45_000);
    for (const tab of this.tabs) {
      const left = tab.isDead || tab.isFrozen ? 0 : world.waitingFor(tab);
      if (left > 0) this.faults.push(`${tab.name} left ${left} timers behind.`);
      tab.die();
    }
    await world.run(180_000);
    for (const process of this.#processes)
      if (process.lines > 0) this.faults.push(`The host still has ${process.lines} lines open.`);
    if (this.store.locks.size > 0) this.faults.push('The host still has rows locked.');
  }
}

/** Returns the refusal of the simulated gateway for certain content. */
function refusalOf(address: string, body: string | undefined): HostProblem | null {
  if (!address.endsWith('/turns') || !body?.includes('TOLAK')) return null;
  const code = (['invalid_request', 'too_large', 'unknown_reference'] as const)[body.length % 3]!;
  return new HostProblem(code, 'The gateway does not like these words.');
}
