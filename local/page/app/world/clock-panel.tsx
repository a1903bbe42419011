import { formatDay, formatTime, ZONE } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { usePage } from '../ui/page-context.ts';
import { Panel } from '../ui/panel.tsx';
import { useTicking } from '../ui/use-ticking.ts';

const MOVES: readonly (readonly [title: string, ms: number])[] = [
  ['+1 minute', 60_000],
  ['+1 hour', 3_600_000],
  ['+1 day', 86_400_000],
];

/** The world's time, which people can stop and move. */
export function ClockPanel() {
  const { model, now } = usePage();
  const { frozen } = model.switches;
  useTicking(!frozen);
  const time = now();
  const label = (
    <>
      <span class="wide-only">{frozen ? 'Frozen at ' : 'Clock '}</span>
      <time class="mono">{formatTime(time)}</time>
    </>
  );
  return (
    <Panel
      id="clock"
      icon={frozen ? 'pause' : 'clock'}
      title="Clock"
      label={label}
      tone={frozen ? 'warn' : undefined}
    >
      <Clock frozen={frozen} />
    </Panel>
  );
}

function Clock({ frozen }: { readonly frozen: boolean }) {
  const { model, act, now } = usePage();
  const time = now();
  return (
    <>
      <p class="clock-time">
        <span class="mono">{formatTime(time)}</span> <span class="quiet">{formatDay(time)}</span>
      </p>
      <p class="quiet">
        This page tells the time of {ZONE}
        {model.rules !== undefined && `; the rules tell that of ${model.rules.timezone}`}.
      </p>
      <p class="quiet">Receipts, retries, settle times and conversation timers go by this clock.</p>
      <div class="row">
        <button type="button" class="button" onClick={() => void act('time', { frozen: !frozen })}>
          <Icon name={frozen ? 'play' : 'pause'} />
          {frozen ? 'Let it run' : 'Freeze'}
        </button>
        {MOVES.map(([title, ms]) => (
          <button key={ms} type="button" class="button" onClick={() => void act('time', { moveMs: ms })}>
            {title}
          </button>
        ))}
      </div>
      <p class="quiet">A day later WhatsApp takes nothing but approved templates (error 63016).</p>
    </>
  );
}
