import type { Finished } from '../../../../lib/record/message-record.ts';
import type { PartStep, Step, Turn } from '../model/model.ts';
import { isOnlyDecided } from '../model/tell-outcome.ts';
import { nameFault } from '../world/fault-presets.ts';
import { DecisionView } from './decision-view.tsx';
import { Pairs } from './pairs.tsx';
import { ReplyDetails } from './reply-details.tsx';
import { RequestDetails } from './request-details.tsx';
import { WebhookDetails } from './webhook-details.tsx';

const SHOWN_LOOKS = 5;

export function StepDetails({ step, turn }: { readonly step: Step; readonly turn: Turn }) {
  switch (step.kind) {
    case 'webhook':
      return <WebhookDetails step={step} />;
    case 'webhook-fault':
      return <Pairs title={nameFault(step.fault)} pairs={Object.entries(step.fault)} />;
    case 'queue':
      return (
        <Pairs
          title="On the queue"
          pairs={[
            ['Deduplication id', step.deduplicationId],
            ['Deliveries', step.deliveredAt === undefined ? step.receiveCount : 1],
          ]}
        />
      );
    case 'decision':
      return <DecisionView decision={step.decision} would={isOnlyDecided(turn)} open />;
    case 'called':
      return (
        <Pairs
          title="Call"
          pairs={[
            ['Handler', step.handler],
            ['Ended', step.ended],
            ['Milliseconds', step.ms],
          ]}
        />
      );
    case 'request':
      return <RequestDetails request={step.request} />;
    case 'look':
      return (
        <>
          <p>
            Every minute it asks Twilio what is there, and answers what nobody reported to it. The latest:
          </p>
          {step.requests.slice(-SHOWN_LOOKS).map(({ id, method, path, status }) => (
            <p key={id}>
              <code>
                {method} {path}
              </code>{' '}
              {status}
            </p>
          ))}
        </>
      );
    case 'reply':
      return <ReplyDetails message={step.message} start={turn.at} />;
    case 'part':
      return <Pairs title={step.does === 'tag' ? 'Tag' : 'Invite'} pairs={partPairs(step)} />;
    case 'finished':
      return <FinishedDetails finished={step.finished} why={step.why} />;
    case 'log':
      return <Pairs title={step.line.message} pairs={Object.entries(step.line)} />;
  }
}

function partPairs({ what, refused }: PartStep): readonly (readonly [string, string])[] {
  return [
    ['of', what ?? 'unknown'],
    ['outcome', refused === undefined ? 'done' : `refused: ${refused}`],
  ];
}

function FinishedDetails({
  finished,
  why,
}: {
  readonly finished: Finished;
  readonly why: string | undefined;
}) {
  return (
    <>
      {why !== undefined && <p>{why}</p>}
      <Pairs title="Recorded" pairs={Object.entries(finished)} />
    </>
  );
}
