import type { FunctionName } from '../../../lib/config.ts';
import type { AwsClients } from './aws-clients.ts';

/** What only a bot in AWS has. */
export interface AwsStage {
  readonly clients: AwsClients;
  readonly region: string;
  readonly accountId: string;
  readonly stackName: string;
  /** The stack's outputs by name (stack/outputs.yml). */
  readonly outputs: Readonly<Record<string, string>>;
  readonly functionName: (name: FunctionName) => string;
  /** How many requests went to AWS so far. */
  readonly requests: () => number;
}
