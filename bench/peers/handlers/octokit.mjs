import { Octokit } from '@octokit/core';
import { Webhooks } from '@octokit/webhooks';
import { verifyAndReceive } from './parts/github.mjs';

const { GITHUB_TOKEN, GITHUB_WEBHOOK_SECRET, API_URL } = process.env;

const octokit = new Octokit({ auth: GITHUB_TOKEN, baseUrl: API_URL });
const webhooks = new Webhooks({ secret: GITHUB_WEBHOOK_SECRET });
webhooks.on('issue_comment.created', async ({ payload: { comment, repository, issue } }) => {
  if (!/\bhello\b/i.test(comment.body)) return;
  await octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
    owner: repository.owner.login,
    repo: repository.name,
    issue_number: issue.number,
    body: 'Hello! How can I help?',
  });
});

export async function handler(event) {
  return verifyAndReceive(webhooks, event);
}
