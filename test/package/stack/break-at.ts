import type { StackTemplate } from '../../../local/lambda/package-service.ts';

/** The template with another value at one place. */
export function breakAt(template: StackTemplate, path: string, value: unknown): StackTemplate {
  const broken = structuredClone(template);
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let node = broken.Resources as unknown as Record<string, unknown>;
  for (const step of steps) {
    if (!(node[step] instanceof Object)) throw new Error(`${path}: the template has no ${step} there.`);
    node = node[step] as Record<string, unknown>;
  }
  if (value !== undefined) node[last] = value;
  else if (Array.isArray(node)) node.splice(Number(last), 1);
  else delete node[last];
  return broken;
}
