/** What a handler may return, one thing to do each. Made by the functions of build-actions.ts, checked before use. */
export type HandlerAction =
  | TextAction
  | TemplateAction
  | MediaAction
  | RememberAction
  | ForgetAction
  | TagAction
  | HandoverAction;

export interface TextAction {
  readonly kind: 'text';
  readonly text: string;
  readonly split: boolean;
}

export interface TemplateAction {
  readonly kind: 'template';
  readonly template: string;
  readonly variables: Readonly<Record<string, string>>;
}

export interface MediaAction {
  readonly kind: 'media';
  readonly media: string;
  readonly text?: string;
}

export interface RememberAction {
  readonly kind: 'remember';
  readonly values: Readonly<Record<string, string>>;
}

export interface ForgetAction {
  readonly kind: 'forget';
  readonly names: 'all' | readonly string[];
}

export interface TagAction {
  readonly kind: 'tag';
  readonly attributes: Readonly<Record<string, string>>;
}

export interface HandoverAction {
  readonly kind: 'handover';
  readonly hours: number;
  readonly back: readonly string[];
  readonly invite: readonly string[];
}

/** One action, several in order, or nothing. */
export type Returned = HandlerAction | readonly HandlerAction[] | undefined;
