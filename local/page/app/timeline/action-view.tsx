import { isByLanguage } from '../../../../lib/rules/render/localize.ts';
import type { Localized, LocalizedText } from '../../../../lib/rules/render/text-template.ts';
import type { ReplyAction } from '../../../../lib/rules/types.ts';
import { describeAction, written } from '../../../describe-decision.ts';
import { Pairs } from './pairs.tsx';

/**
 * What one action does: of a message what it says, as the rules file has it; anything else in a line. What was decided
 * and never done reads "would".
 */
export function ActionView(props: { readonly action: ReplyAction; readonly would: boolean }) {
  const { action, would } = props;
  const sends = would ? 'Would send' : 'Sends';
  switch (action.kind) {
    case 'text':
      return <Pairs title={`${sends} a text`} pairs={textPairs('Body', action.Body)} />;
    case 'template': {
      const variables = Object.entries(action.ContentVariables).flatMap(([name, value]) =>
        textPairs(`{{${name}}}`, value),
      );
      return (
        <Pairs
          title={`${sends} the template ${action.template}`}
          pairs={[...byLanguage('ContentSid', action.ContentSid), ...variables]}
        />
      );
    }
    case 'media': {
      const caption = action.Body === undefined ? [] : textPairs('Body', action.Body);
      return <Pairs title={`${sends} media`} pairs={[['MediaSid', action.MediaSid], ...caption]} />;
    }
    case 'call': {
      const given = Object.entries(action.values).map(([name, text]) => [name, written(text)] as const);
      return (
        <>
          <Pairs title={`${would ? 'Would call' : 'Calls'} ${action.handler}`} pairs={given} />
          {action.else.map((one, place) => (
            <div key={place} class="else">
              <p>Where that fails:</p>
              <ActionView action={one} would={would} />
            </div>
          ))}
        </>
      );
    }
    default:
      return <p>{describeAction(action, would)}</p>;
  }
}

type Pair<T> = readonly [name: string, value: T];

function textPairs(name: string, text: LocalizedText): readonly Pair<string>[] {
  return byLanguage(name, text).map(([language, version]) => [language, written(version)]);
}

/** Each version with its language. */
function byLanguage<T>(name: string, given: Localized<T>): readonly Pair<T>[] {
  if (!isByLanguage(given)) return [[name, given]];
  return Object.entries(given.byLanguage).map(([language, version]) => [`${name}, ${language}`, version]);
}
