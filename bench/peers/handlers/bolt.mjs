import bolt from '@slack/bolt';

const { SLACK_SIGNING_SECRET, SLACK_BOT_TOKEN, API_URL } = process.env;

const receiver = new bolt.AwsLambdaReceiver({ signingSecret: SLACK_SIGNING_SECRET });
const app = new bolt.App({
  token: SLACK_BOT_TOKEN,
  receiver,
  clientOptions: { slackApiUrl: `${API_URL}/api/` },
});
app.message(/\bhello\b/i, async ({ say }) => {
  await say('Hello! How can I help?');
});

export const handler = receiver.toHandler();
