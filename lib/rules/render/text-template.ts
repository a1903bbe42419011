/** Literal text and the places where a value goes, in order. */
export type TextTemplate = readonly (string | Slot)[];

/** `{{ path | default: "text" }}` */
export interface Slot {
  readonly path: string;
  readonly default?: string;
}
