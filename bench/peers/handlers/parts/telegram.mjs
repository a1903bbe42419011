/** Known beforehand, as the manuals of both libraries advise: else each start asks Telegram for it. */
export const BOT = {
  id: 123456789,
  is_bot: true,
  first_name: 'Bot',
  username: 'example_bot',
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
};
