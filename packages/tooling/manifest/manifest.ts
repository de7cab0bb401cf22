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

/** A named entry with a description. */
export interface Described {
  name: string;
  description?: string;
  default?: string;
  type?: { text: string };
}

export interface Attribute extends Described {
  /** The property of this attribute. */
  fieldName?: string;
}

export interface Member extends Described {
  kind: 'field' | 'method';
  /** The attribute of this property. */
  attribute?: string;
  readonly?: boolean;
  parameters?: (Described & { optional?: boolean })[];
  return?: { type?: { text: string } };
}
