/** The parts of a Custom Elements Manifest (schema 1.0.0) that are used here. */
export interface Manifest {
  schemaVersion: string;
  readme: string;
  modules: ManifestModule[];
}

export interface ManifestModule {
  kind: 'javascript-module';
  path: string;
  declarations: ElementDeclaration[];
  exports: unknown[];
}

/** One element. */
export interface ElementDeclaration {
  kind: 'class';
  name: string;
  tagName: string;
  customElement: true;
  summary?: string;
  superclass?: unknown;
  attributes: Attribute[];
  members: Member[];
  events: Described[];
  slots: Described[];
  cssParts: Described[];
  cssProperties: Described[];
}

/** Something with a name, and words on it. */
export interface Described {
  name: string;
  description?: string;
  default?: string;
  type?: { text: string };
}

export interface Attribute extends Described {
  /** The property that goes with it. */
  fieldName?: string;
}

export interface Member extends Described {
  kind: 'field' | 'method';
  /** The attribute that goes with it. */
  attribute?: string;
  readonly?: boolean;
  parameters?: (Described & { optional?: boolean })[];
  return?: { type?: { text: string } };
}
