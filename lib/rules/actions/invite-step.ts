/** Adds a chat identity to the conversation; somebody who is there already counts as added. */
export interface InviteStep {
  readonly kind: 'invite';
  readonly identity: string;
}
