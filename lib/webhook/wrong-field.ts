import type * as z from 'zod/mini';

/** The name of the first field that a schema refused. */
export function wrongField({ issues }: z.core.$ZodError): string {
  return String(issues[0]?.path[0]);
}
