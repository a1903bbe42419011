export function today(_h: object, _tz: string, _at: number, _l: string): string {
  return '';
}
export function next(_h: object, _tz: string, _at: number, _l: string): string | undefined {
  return undefined;
}
