/** Why nothing was answered, in a sentence; the names are those of the record's `reason` and of the guards. */
const REASONS: Readonly<Record<string, string>> = {
  own_author: 'The bot wrote this itself.',
  system_author: 'Twilio’s “system” wrote this, and nobody reads its answers.',
  api_source: 'A program wrote this over REST; only people are answered.',
  own_marker: 'It carries the bot’s marker, so the bot wrote it, under whatever name.',
  opt_out_word: 'It is a word that carriers act on, such as STOP; Twilio answers those.',
  not_a_customer: 'An agent wrote this, not a customer.',
  ignored: 'The rule says to answer nothing.',
  off: 'BOT_MODE is off.',
  dry_run: 'BOT_MODE is dry-run: decided, not sent.',
  muted:
    'The other side kept answering within seconds, as machines do, so the bot is quiet for an hour. Move the clock by an hour to go on.',
  repeated_text: 'The same text came too often in a row, as between two machines.',
  budget_minute: 'The bot has said as much as it may in a minute (REPLIES_PER_MINUTE).',
  budget_hour: 'The bot has said as much as it may in an hour (REPLIES_PER_HOUR).',
};

/** @returns undefined for a reason that speaks for itself, such as an error's code */
export function explainReason(reason: string | undefined): string | undefined {
  return reason === undefined ? undefined : REASONS[reason];
}
