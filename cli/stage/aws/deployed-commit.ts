import { GetTemplateSummaryCommand } from '@aws-sdk/client-cloudformation';
import { parseJson } from '../../../lib/json.ts';
import type { AwsStage } from './aws-stage.ts';

/** The deployment notes it in the template's Metadata; whoever may not read that sees none. */
export async function deployedCommit({ clients, stackName }: AwsStage): Promise<string | undefined> {
  const asked = new GetTemplateSummaryCommand({ StackName: stackName });
  const { Metadata = '' } = await clients
    .cloudFormation()
    .send(asked)
    .catch(() => ({ Metadata: '' }));
  const { parley } = Object(parseJson(Metadata)) as { readonly parley?: { readonly commit?: string } };
  return parley?.commit;
}
