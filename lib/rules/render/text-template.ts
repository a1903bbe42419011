/** Literal text and the places where a value goes, in order. */
export type TextTemplate = readonly (string | Slot)[];

/** `{{ path | default: "text" }}` */
export interface Slot {
  readonly path: string;
  readonly default?: string;
}

/** A text, or one for each language. */
export type Localized<T> = T | ByLanguage<T>;

export interface ByLanguage<T> {
  readonly byLanguage: Readonly<Record<string, T>>;
}

export type LocalizedText = Localized<TextTemplate>;
