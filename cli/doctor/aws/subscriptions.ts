import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { awsLine } from '../../stage/suggest.ts';
import { awsCheck, problem } from '../check.ts';

export const subscriptions = awsCheck({
  id: 'subscriptions',
  what: 'Somebody has subscribed to each topic of the alarms, and confirmed it',
  why: 'An alarm on a topic without subscribers rings in an empty room.',
  run: async ({ clients }, { stage, stackResources }) => {
    const topics = (await stackResources()).filter(({ ResourceType }) => ResourceType === 'AWS::SNS::Topic');
    const looked = topics.map(async ({ LogicalResourceId: name, PhysicalResourceId: TopicArn }) => {
      const { Subscriptions = [] } = await clients
        .sns()
        .send(new ListSubscriptionsByTopicCommand({ TopicArn }));
      const confirmed = Subscriptions.filter(({ SubscriptionArn = '' }) =>
        SubscriptionArn.startsWith('arn:'),
      );
      if (confirmed.length > 0) return [];
      const waits = Subscriptions.length === 0 ? '' : ', and one waits to be confirmed';
      return [
        problem(
          `Nobody is subscribed to the topic ${name}${waits}.`,
          awsLine(
            `sns subscribe --topic-arn ${TopicArn} --protocol email --notification-endpoint you@example.com`,
            stage,
          ),
        ),
      ];
    });
    return (await Promise.all(looked)).flat();
  },
});
