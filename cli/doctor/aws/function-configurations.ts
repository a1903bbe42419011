import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import type { FunctionName } from '../../../lib/config.ts';
import type { AwsStage } from '../../stage/aws/aws-stage.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export function functionConfiguration({ clients, functionName }: AwsStage, name: FunctionName) {
  return clients.lambda().send(new GetFunctionConfigurationCommand({ FunctionName: functionName(name) }));
}
