export function readText(body: string): string | undefined {
  return body.trim() === '' ? undefined : body.trim();
}
