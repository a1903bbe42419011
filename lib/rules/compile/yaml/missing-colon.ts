import type { Written } from './written.ts';

/** What to say of a line such as `id order`, `id=order` or `when`; undefined for other lines. */
export function missingColon(line: string, { keys }: Written): string | undefined {
  const [, key = '', value = ''] = /^(?:- )?([a-z_]+)(?:\s*=\s*|\s+|$)(.*)$/s.exec(line.trim()) ?? [];
  if (!keys.has(key)) return undefined;
  return `A colon is missing after "${key}". Write: ${key}: ${value || '…'}`;
}
