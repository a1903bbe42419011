import { RefusedError } from '../refused-error.ts';
import type { Notice } from './notices.tsx';
import type { PageTools } from './page-context.ts';

/** The same tools, which say what they have to say at another place. */
export function withNotices(
  tools: Omit<PageTools, 'say' | 'act'>,
  show: (notice: Notice) => void,
): PageTools {
  const say: PageTools['say'] = (text, tone = 'plain') => show({ text, tone });
  return {
    ...tools,
    say,
    act: async (name, input) => {
      try {
        return await tools.attempt(name, input);
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        say(error.message, 'bad');
        return undefined;
      }
    },
  };
}
