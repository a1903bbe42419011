import { GetObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type { Template } from '../deploy/template.ts';
import type { AwsStage } from '../stage/aws/aws-stage.ts';

/** One deployment as the deployment tool left it in its bucket: its template, and the zips that the template names. */
export interface PastDeployment {
  /** Its folder: `serverless/parley/prod/1795952219044-2026-11-29T11:36:59.044Z` */
  readonly folder: string;
  /** When it was packaged, as `--to` takes it: `2026-11-29T11:36:59.044Z`. */
  readonly at: string;
  /** The key of its template. */
  readonly key: string;
}

const TEMPLATE = 'compiled-cloudformation-template.json';

type Bucket = Pick<AwsStage, 'clients' | 'outputs'>;

/** All that are still there, the oldest first. The tool keeps the latest (serverless.yml). */
export async function listDeployments(aws: Bucket, stage: string): Promise<readonly PastDeployment[]> {
  const found: PastDeployment[] = [];
  const pages = paginateListObjectsV2(
    { client: aws.clients.s3() },
    { Bucket: bucketOf(aws), Prefix: `serverless/parley/${stage}/` },
  );
  for await (const { Contents = [] } of pages) {
    for (const { Key = '' } of Contents) {
      if (Key.endsWith(`/${TEMPLATE}`)) found.push(deploymentIn(Key.slice(0, -TEMPLATE.length - 1)));
    }
  }
  return found.toSorted((a, b) => a.at.localeCompare(b.at));
}

export function deploymentIn(folder: string): PastDeployment {
  return { folder, at: folder.replace(/.*\/\d+-/, ''), key: `${folder}/${TEMPLATE}` };
}

export async function readTemplate(aws: Bucket, { key }: PastDeployment): Promise<Template> {
  const { Body } = await aws.clients.s3().send(new GetObjectCommand({ Bucket: bucketOf(aws), Key: key }));
  return JSON.parse((await Body?.transformToString()) ?? '') as Template;
}

/** How CloudFormation is told to read it from there. */
export function templateUrl(aws: Bucket & Pick<AwsStage, 'region'>, { key }: PastDeployment): string {
  const suffix = aws.region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://s3.${aws.region}.${suffix}/${bucketOf(aws)}/${key}`;
}

function bucketOf({ outputs }: Bucket): string {
  return outputs['ServerlessDeploymentBucketName'] ?? '';
}
