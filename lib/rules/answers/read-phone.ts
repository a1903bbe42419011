export function readPhone(body: string): string | undefined {
  return body.trim() === '' ? undefined : body.trim();
}
