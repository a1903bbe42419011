import { useState } from 'preact/hooks';
import type { Fault } from '../../../../emulator/index.ts';
import { Icon } from '../ui/icon.tsx';
import { usePage } from '../ui/page-context.ts';
import { Panel } from '../ui/panel.tsx';
import { findArmed, nameFault, PRESETS, type Preset } from './fault-presets.ts';

const SHARES: readonly (readonly [title: string, share: number])[] = [
  ['every time', 1],
  ['half of the time', 0.5],
  ['one time in ten', 0.1],
];

export function FaultPanel() {
  const { model, act, say } = usePage();
  const { faults } = model.switches;
  const [share, setShare] = useState(1);
  const label = faults.length === 0 ? 'Faults' : `Faults: ${faults.length}`;
  const rotate = async () => {
    if ((await act('rotateToken', {})) !== undefined) say('Rotated. The next webhook has a new signature.');
  };
  return (
    <Panel id="faults" icon="bolt" title="Faults" label={label} tone={faults.length > 0 ? 'warn' : undefined}>
      <p class="quiet">
        Make Twilio misbehave, and see what the customer sees. “Once” hits the next time it can; a switch
        stays on until you turn it off.
      </p>
      <label class="row">
        While switched on, strike
        <select value={share} onChange={({ currentTarget }) => setShare(Number(currentTarget.value))}>
          {SHARES.map(([title, value]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      </label>
      {PRESETS.map(({ group, presets }) => (
        <section key={group}>
          <h3>{group}</h3>
          <ul class="presets">
            {presets.map((preset) => (
              <PresetRow key={preset.title} preset={preset} share={share} faults={faults} />
            ))}
          </ul>
        </section>
      ))}
      <section>
        <h3>Credentials</h3>
        <ul class="presets">
          <li>
            <span>A new auth token signs from now on</span>
            <button type="button" class="button small" onClick={() => void rotate()}>
              Rotate
            </button>
          </li>
        </ul>
      </section>
      <Waiting faults={faults} />
    </Panel>
  );
}

function PresetRow(props: {
  readonly preset: Preset;
  readonly share: number;
  readonly faults: readonly Fault[];
}) {
  const { preset, share, faults } = props;
  const { act } = usePage();
  const armed = findArmed(preset, faults);
  const toggle = () =>
    armed === undefined
      ? act('arm', { ...preset.spec, share, times: null })
      : act('disarm', { id: armed.id });
  return (
    <li>
      <span>{preset.title}</span>
      <button
        type="button"
        class="button small"
        aria-label={`Once: ${preset.title}`}
        onClick={() => void act('arm', { ...preset.spec, times: 1 })}
      >
        Once
      </button>
      <button
        type="button"
        role="switch"
        class="switch"
        aria-checked={armed !== undefined}
        aria-label={preset.title}
        onClick={() => void toggle()}
      />
    </li>
  );
}

/** Those that have yet to strike, and those that somebody armed elsewhere. */
function Waiting({ faults }: { readonly faults: readonly Fault[] }) {
  const { act } = usePage();
  if (faults.length === 0) return null;
  return (
    <section>
      <h3>Armed now</h3>
      <ul class="presets">
        {faults.map((fault) => (
          <li key={fault.id}>
            <span>
              {nameFault(fault)} <span class="quiet">{frequency(fault)}</span>
            </span>
            <button
              type="button"
              class="bare"
              aria-label={`Disarm: ${nameFault(fault)}`}
              onClick={() => void act('disarm', { id: fault.id })}
            >
              <Icon name="cross" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function frequency({ times, share }: Fault): string {
  const often = share < 1 ? `${Math.round(share * 100)} % of the time` : 'every time';
  if (times === null) return often;
  return times === 1 ? 'once' : `${times} times`;
}
