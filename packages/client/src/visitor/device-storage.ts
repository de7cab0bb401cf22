import { createMemoryStorage } from '../storage/memory-storage.ts';
import type { VisitorStorage } from '../storage/visitor-storage.ts';
import { hasVisitorRecord, markVisitor, type VisitorPlace } from './visitor-marker.ts';

/** Storage of one visitor on this device. It is opened by its first use. */
export class DeviceStorage {
  readonly #place: VisitorPlace;
  readonly #open: () => Promise<VisitorStorage>;
  #opened: Promise<VisitorStorage> | null = null;

  constructor(place: VisitorPlace, open: () => Promise<VisitorStorage>) {
    this.#place = place;
    this.#open = open;
  }

  /** Whether it was opened. */
  get isOpen(): boolean {
    return this.#opened !== null;
  }

  /** Whether this browser has been the visitor's. Reads one local key and writes nothing. */
  get isMarked(): boolean {
    return hasVisitorRecord(this.#place);
  }

  /** Whether the device may have data of the visitor. */
  get hasData(): boolean {
    return this.isOpen || this.isMarked;
  }

  /** Opens the storage, once. */
  open(): Promise<VisitorStorage> {
    // Marked before anything is stored: `forget` only looks for marked storage.
    if (!this.#opened) markVisitor(this.#place, true);
    this.#opened ??= this.#open();
    return this.#opened;
  }

  /**
   * Deletes everything on the device. With `keepsRecord`, the visitor's tokens stay in memory, so that the
   * host can still be asked to erase the visitor.
   */
  async clear(keepsRecord: boolean): Promise<void> {
    const store = await this.open();
    if (keepsRecord) {
      const record = await store.read('visitor').catch(() => undefined);
      this.#opened = Promise.resolve(createMemoryStorage([], new Map(record ? [['visitor', record]] : [])));
    }
    await store.clear();
  }

  /** Calls `act` with the storage if it was opened. */
  ifOpen(act: (store: VisitorStorage) => void): void {
    void this.#opened?.then(act);
  }
}
