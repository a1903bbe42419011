export function readEmail(body: string): string | undefined {
  return body.trim() === '' ? undefined : body.trim();
}
