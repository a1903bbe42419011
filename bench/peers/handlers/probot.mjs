import { Probot, ProbotOctokit } from 'probot';
import { verifyAndReceive } from './parts/github.mjs';

const { GITHUB_TOKEN, GITHUB_WEBHOOK_SECRET, API_URL } = process.env;

/** By default it waits three seconds between two comments. */
class Unthrottled extends ProbotOctokit {
  constructor(options) {
    super({ ...options, throttle: { enabled: false } });
  }
}

const probot = new Probot({
  githubToken: GITHUB_TOKEN,
  secret: GITHUB_WEBHOOK_SECRET,
  baseUrl: API_URL,
  logLevel: 'fatal',
  Octokit: Unthrottled,
});
const loaded = probot.load((app) => {
  app.on('issue_comment.created', async (context) => {
    if (/\bhello\b/i.test(context.payload.comment.body))
      await context.octokit.rest.issues.createComment(context.issue({ body: 'Hello! How can I help?' }));
  });
});

export async function handler(event) {
  await loaded;
  return verifyAndReceive(probot.webhooks, event);
}
