import { readFileSync } from 'node:fs';
import { parse, type ScalarTag } from 'yaml';
import type { StackResource } from '../../local/lambda/package-service.ts';

/** CloudFormation's short forms, as far as what is read needs them. */
const TAGS: ScalarTag[] = [
  { tag: '!Ref', resolve: (name) => ({ Ref: name }) },
  { tag: '!Sub', resolve: (text) => ({ 'Fn::Sub': text }) },
  { tag: '!GetAtt', resolve: (name) => ({ 'Fn::GetAtt': name.split('.') }) },
];

/**
 * The resources of one file of stack/ as the deployment tool hands them on for the stage `dev`: a test holds them
 * against the packaged template. Reading them takes milliseconds, packaging seconds.
 */
export function readResources(file: string): Readonly<Record<string, StackResource>> {
  const text = readFileSync(file, 'utf8')
    .replaceAll(/\$\{sls:stage\}/g, 'dev')
    .replaceAll(/\$\{self:service\}/g, 'parley');
  const options = { merge: true, customTags: TAGS, logLevel: 'error' } as const;
  return (parse(text, options) as { Resources: Record<string, StackResource> }).Resources;
}
