/** How explanations name what a rule asks for. */

export function quote(text: string): string {
  return JSON.stringify(text);
}

export function oneOf(values: readonly string[]): string {
  return `${values.length === 1 ? '' : 'one of '}${values.join(', ')}`;
}

export function noneOf(values: readonly string[], one: string, several: string): string {
  return `${values.length === 1 ? one : `${several} none of`} ${values.join(', ')}`;
}
