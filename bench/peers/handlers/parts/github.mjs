export async function verifyAndReceive(webhooks, { headers, body }) {
  await webhooks.verifyAndReceive({
    id: headers['x-github-delivery'],
    name: headers['x-github-event'],
    signature: headers['x-hub-signature-256'] ?? '',
    payload: body,
  });
  return { statusCode: 200, body: '' };
}
