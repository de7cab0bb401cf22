import type { Device } from './device.ts';
import type { CallSeen } from './network.ts';
import type { Tab } from './tab.ts';
import type { World } from './world.ts';

/** Calls that an outbox sends. */
const FROM_OUTBOX = /\/(turns|read|rating|end)$/;

/** State of a device for the rules about calls. */
interface DeviceState {
  /** Tabs whose outbox waits for a response now. */
  sending: Set<Tab>;
  /** Time before which the host accepts nothing from the outbox. */
  heldUntil: number;
  /** Whether one of its tabs was frozen: another tab may then take the lead without asking. */
  hasFrozen: boolean;
  /** Whether its clock jumped, which ends waits and leases early. */
  hasJumped: boolean;
  hasLease: boolean;
}

/** Checks the calls of each device: one sending tab per device, and no retry before `Retry-After`. */
export function createCallWatch(world: World, report: (fault: string) => void) {
  const devices = new Map<Device, DeviceState>();
  function of(device: Device): DeviceState {
    let state = devices.get(device);
    if (!state) {
      state = {
        sending: new Set(),
        heldUntil: 0,
        hasFrozen: false,
        hasJumped: false,
        hasLease: false,
      };
      devices.set(device, state);
    }
    return state;
  }

  async function finish(tab: Tab, done: CallSeen['done']): Promise<void> {
    const answer = await done;
    const state = of(tab.device);
    state.sending.delete(tab);
    if (answer?.status === 429) state.heldUntil = world.now + Number(answer.headers['Retry-After']) * 1_000;
  }

  return {
    hear({ caller, address, done }: CallSeen): void {
      if (!FROM_OUTBOX.test(address)) return;
      const tab = caller as Tab;
      const state = of(tab.device);
      const { sending, hasFrozen, hasJumped, hasLease, heldUntil } = state;
      for (const other of sending)
        if (other !== tab && !other.isDead && !other.isLeaving && !hasFrozen && !(hasLease && hasJumped))
          report(`${tab.name} sends while ${other.name} does: two drainers.`);
      const isHeld = world.now < heldUntil && !hasFrozen && !hasJumped;
      if (isHeld) report(`${tab.name} sends ${address} ${heldUntil - world.now} ms before Retry-After ends.`);
      sending.add(tab);
      void finish(tab, done);
    },
    froze: (device: Device) => void (of(device).hasFrozen = true),
    clockJumped: (device: Device) => void (of(device).hasJumped = true),
    hasLease: (device: Device) => void (of(device).hasLease = true),
  };
}
