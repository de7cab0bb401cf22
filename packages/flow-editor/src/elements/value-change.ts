/** Event for a value that the user changed. Does not bubble. */
export class ValueChange<Value = unknown> extends Event {
  readonly value: Value;

  constructor(value: Value) {
    super('value-change');
    this.value = value;
  }
}
