/** Says that a person gave a field another value. Does not leave the field. */
export class ValueChange<Value = unknown> extends Event {
  readonly value: Value;

  constructor(value: Value) {
    super('value-change');
    this.value = value;
  }
}
