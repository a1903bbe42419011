import type { RunningRule } from '../../running-rule.ts';
import type { Conversation } from '../model/model.ts';
import { usePage } from '../ui/page-context.ts';

const SHOWN = 8;

/** Things to write while nothing is said yet: what the rules wait for, a word of each. */
export function Tries(props: {
  readonly conversation: Conversation;
  readonly onTry: (body: string) => void;
}) {
  const { conversation, onTry } = props;
  const { rules } = usePage().model;
  const tries = findTries(rules?.rules ?? [], conversation);
  if (tries.length === 0) return null;
  return (
    <div class="tries">
      <p id="tries-title" class="quiet">
        Try one of these:
      </p>
      <ul aria-labelledby="tries-title">
        {tries.map((body) => (
          <li key={body}>
            <button type="button" class="button small" onClick={() => onTry(body)}>
              {body}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** One of each rule that may answer the first message here; the rules for another channel and for answers may not. */
export function findTries(
  rules: readonly RunningRule[],
  { channel }: Pick<Conversation, 'channel'>,
): readonly string[] {
  const first = rules.filter(
    ({ id, after, channels }) =>
      !id.includes('otherwise') && after === undefined && (channels?.includes(channel) ?? true),
  );
  return [...new Set(first.flatMap(({ tries }) => tries.slice(0, 1)))].slice(0, SHOWN);
}
