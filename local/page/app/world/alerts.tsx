import { formatCount } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { usePage } from '../ui/page-context.ts';
import { filesOf, ProblemList } from './problem-list.tsx';

/** What nobody should miss: the world is gone, the rules are broken, the service has a defect. */
export function Alerts({ connected }: { readonly connected: boolean }) {
  const { rules, defects } = usePage().model;
  const problems = rules?.problems ?? [];
  return (
    <div class="alerts" role="alert">
      {!connected && (
        <p class="alert">
          <Icon name="alert" />
          <span>The local world does not answer. This page goes on by itself when it is started again.</span>
        </p>
      )}
      {problems.length > 0 && (
        <div class="alert">
          <Icon name="alert" />
          <div class="alert-body">
            <button type="button" class="bare line" popovertarget="rules">
              <strong>{formatCount(problems.length, 'problem')}</strong>
              <span class="wide-only"> in {filesOf(problems)}</span>
              <span>
                : {rules?.running.length === 0 ? 'nobody is answered' : 'the last good rules keep running'}
              </span>
            </button>
            <div class="roomy-only">
              <ProblemList problems={problems.slice(0, SHOWN)} />
              {problems.length > SHOWN && <p>And {problems.length - SHOWN} more, under “Rules”.</p>}
            </div>
          </div>
        </div>
      )}
      {defects.length > 0 && (
        <div class="alert">
          <Icon name="alert" />
          <div>
            <strong>The local service has a defect. Please report it with this:</strong>
            <pre>{defects[0]}</pre>
          </div>
        </div>
      )}
    </div>
  );
}

const SHOWN = 3;
