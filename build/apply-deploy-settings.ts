import {
  CloudFormationClient,
  type CloudFormationClientConfig,
  CloudFormationServiceException,
  DescribeStackResourceCommand,
} from '@aws-sdk/client-cloudformation';
import { DEPLOY_SETTINGS, type DeploySettings, parameterOf, readDeploySettings } from './deploy-settings.ts';

/** What serverless.yml and stack/parameters.yml made of the environment, as the deployment tool holds it. */
export interface DeployedService {
  readonly custom: { readonly tags: string; readonly rollbackMinutes: string };
  readonly resources: { readonly Parameters: Readonly<Record<string, { Default: string }>> };
  readonly provider: {
    tags: Readonly<Record<string, string>>;
    stackTags: Readonly<Record<string, string>>;
    deletionProtection?: boolean;
    rollbackConfiguration?: RollbackConfiguration;
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackConfiguration.html */
interface RollbackConfiguration {
  readonly MonitoringTimeInMinutes: number;
  readonly RollbackTriggers: readonly { readonly Arn: string; readonly Type: 'AWS::CloudWatch::Alarm' }[];
}

interface Serverless {
  readonly service: DeployedService;
  getProvider(name: 'aws'): {
    getStage(): string;
    getRegion(): string;
    getAwsSdkV3Config(): Promise<CloudFormationClientConfig>;
    readonly naming: { getStackName(): string };
  };
}

/** They ring within a minute or two of an update that breaks a function. */
export const ROLLBACK_ALARMS = ['ReceiveErrorsAlarm', 'ReplyErrorsAlarm', 'ApiErrorsAlarm'];

/** A plugin of the deployment tool: hands on the settings for which serverless.yml has no words of its own. */
class ApplyDeploySettings {
  readonly hooks: Readonly<Record<string, () => unknown>>;

  constructor(serverless: Serverless) {
    const { service } = serverless;
    const aws = () => serverless.getProvider('aws');
    let settings: Partial<DeploySettings> = {};
    this.hooks = {
      initialize: () => {
        settings = applySettings(service, aws().getStage(), aws().getRegion());
      },
      'before:deploy:deploy': async () => {
        const { ROLLBACK_MINUTES: minutes = 0 } = settings;
        const client = new CloudFormationClient(await aws().getAwsSdkV3Config());
        const alarms = minutes > 0 ? await findAlarms(client, aws().naming.getStackName()) : [];
        // Without triggers it is sent all the same: those of the update before would stay.
        service.provider.rollbackConfiguration = {
          MonitoringTimeInMinutes: alarms.length === 0 ? 0 : minutes,
          RollbackTriggers: alarms.map((Arn) => ({ Arn, Type: 'AWS::CloudWatch::Alarm' })),
        };
      },
    };
  }
}

// The deployment tool takes the default export.
export { ApplyDeploySettings as default };

/** The settings as they were given. */
export function givenSettings({ custom, resources }: DeployedService): Record<string, string> {
  const given = Object.keys(DEPLOY_SETTINGS).map((name) => [
    name,
    resources.Parameters[parameterOf(name)]?.Default ?? '',
  ]);
  return { ...Object.fromEntries(given), TAGS: custom.tags, ROLLBACK_MINUTES: custom.rollbackMinutes };
}

/** Fills in what was left empty. What is wrong stays as it is: build/check-deployment.ts refuses it. */
export function applySettings(
  service: DeployedService,
  stage: string,
  region: string,
): Partial<DeploySettings> {
  const { resources, provider } = service;
  const { settings } = readDeploySettings(givenSettings(service), region);
  for (const [name, setting] of Object.entries(DEPLOY_SETTINGS)) {
    const parameter = resources.Parameters[parameterOf(name)];
    if (parameter?.Default.trim() === '') parameter.Default = setting.default;
  }
  const { DELETION_PROTECTION: protection = stage.startsWith('prod') ? 'on' : 'off' } = settings;
  const parameter = resources.Parameters[parameterOf('DELETION_PROTECTION')];
  if (parameter !== undefined) parameter.Default = protection;
  provider.deletionProtection = protection === 'on';
  provider.tags = { ...provider.tags, ...settings.TAGS };
  provider.stackTags = { ...provider.stackTags, ...settings.TAGS };
  return settings;
}

/** The ARNs of the alarms that the stack has already: CloudFormation refuses to watch others. */
async function findAlarms(client: CloudFormationClient, StackName: string): Promise<readonly string[]> {
  const found = ROLLBACK_ALARMS.map(async (LogicalResourceId) => {
    try {
      const { StackResourceDetail } = await client.send(
        new DescribeStackResourceCommand({ StackName, LogicalResourceId }),
      );
      const { StackId, PhysicalResourceId = '' } = StackResourceDetail ?? {};
      if (StackId === undefined) return undefined;
      const [arn, partition, , region, account] = StackId.split(':');
      return [arn, partition, 'cloudwatch', region, account, 'alarm', PhysicalResourceId].join(':');
    } catch (error) {
      // There is no such stack yet, or the version that is deployed has no such alarm.
      if (error instanceof CloudFormationServiceException && error.name === 'ValidationError')
        return undefined;
      throw error;
    }
  });
  return (await Promise.all(found)).filter((arn) => arn !== undefined);
}
