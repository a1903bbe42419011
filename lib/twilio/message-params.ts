/** What may be changed later. */
export interface UpdateMessageParams {
  /** Who says it. Twilio's default is `system`. Never the customer's own address: they would not get it. */
  readonly Author?: string;
  /** At most 1,600 characters to SMS and WhatsApp, 32 KB to chat. */
  readonly Body?: string;
  /** A Date, or ISO 8601 with an offset. */
  readonly DateCreated?: Date | string;
  readonly DateUpdated?: Date | string;
  /** Anything JSON holds, at most 4 KB; serialised here. */
  readonly Attributes?: Readonly<Record<string, unknown>>;
  /** At most 256 characters. */
  readonly Subject?: string;
}

export interface CreateMessageParams extends UpdateMessageParams {
  /** `ME…`; Twilio takes each media SID once. */
  readonly MediaSid?: string;
  /** `HX…`; Body and MediaSid are then ignored by Twilio. */
  readonly ContentSid?: string;
  /** The template's variables; serialised here. A missing one ships the template's sample text. */
  readonly ContentVariables?: Readonly<Record<string, string>>;
}
