/** What actions and steps that post messages are called, apart from what carries them out (actions.ts). */
const MESSAGE_KINDS = ['text', 'template', 'media'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

export function isMessage<T extends { readonly kind: string }>(
  step: T,
): step is T & { readonly kind: MessageKind } {
  return MESSAGE_KINDS.some((kind) => kind === step.kind);
}
