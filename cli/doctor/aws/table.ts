import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { awsLine, deployLine } from '../../stage/suggest.ts';
import { awsCheck, problem, warning } from '../check.ts';

export const table = awsCheck({
  id: 'table',
  what: 'The table forgets what has expired, can be restored to any second, and cannot be deleted by mistake',
  why: 'What people wrote is to be forgotten in time, and without its records the bot answers everything again.',
  run: async ({ clients }, { stage }) => {
    const TableName = stage.settings.reply['TABLE_NAME'] ?? '';
    const dynamodb = clients.dynamodb();
    const [{ TimeToLiveDescription }, { ContinuousBackupsDescription }, { Table }] = await Promise.all([
      dynamodb.send(new DescribeTimeToLiveCommand({ TableName })),
      dynamodb.send(new DescribeContinuousBackupsCommand({ TableName })),
      dynamodb.send(new DescribeTableCommand({ TableName })),
    ]);
    const recovery = ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
    const expires =
      /^ENABL/.test(TimeToLiveDescription?.TimeToLiveStatus ?? '') &&
      TimeToLiveDescription?.AttributeName === 'ttl';
    return [
      ...(expires
        ? []
        : [problem(`Items of ${TableName} do not expire by their attribute ttl.`, deployLine(stage))]),
      ...(recovery === 'ENABLED'
        ? []
        : [
            problem(
              `${TableName} cannot be restored to a point in time.`,
              awsLine(
                `dynamodb update-continuous-backups --table-name ${TableName} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true`,
                stage,
              ),
              {
                order: `Turn on point-in-time recovery of the table ${TableName}.`,
                act: async () => {
                  await dynamodb.send(
                    new UpdateContinuousBackupsCommand({
                      TableName,
                      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
                    }),
                  );
                },
              },
            ),
          ]),
      ...(Table?.DeletionProtectionEnabled === true
        ? []
        : [
            warning(
              `${TableName} is not protected against deletion.`,
              awsLine(`dynamodb update-table --table-name ${TableName} --deletion-protection-enabled`, stage),
              {
                order: `Protect the table ${TableName} against deletion.`,
                act: async () => {
                  await dynamodb.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true }));
                },
              },
            ),
          ]),
    ];
  },
});
