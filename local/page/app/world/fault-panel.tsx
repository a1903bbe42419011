import { useState } from 'preact/hooks';
import type { Fault } from '../../../../emulator/index.ts';
import { Icon } from '../ui/icon.tsx';
import { usePage } from '../ui/page-context.ts';
import { Panel } from '../ui/panel.tsx';
import { armedElsewhere, describeFrequency, nameFault, PRESETS } from './fault-presets.ts';
import { PresetRow } from './preset-row.tsx';

const SHARES: readonly (readonly [title: string, share: number])[] = [
  ['every time', 1],
  ['half of the time', 0.5],
  ['one time in ten', 0.1],
];

export function FaultPanel() {
  const { faults } = usePage().model.switches;
  const label = faults.length === 0 ? 'Faults' : `Faults: ${faults.length}`;
  return (
    <Panel id="faults" icon="bolt" title="Faults" label={label} tone={faults.length > 0 ? 'warn' : undefined}>
      <Faults faults={faults} />
    </Panel>
  );
}

function Faults({ faults }: { readonly faults: readonly Fault[] }) {
  const [share, setShare] = useState(1);
  return (
    <>
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
      <Credentials />
      <ArmedElsewhere faults={armedElsewhere(faults)} />
    </>
  );
}

function Credentials() {
  const { act, say } = usePage();
  const rotate = async () => {
    if ((await act('rotateToken', {})) !== undefined) say('Rotated. The next webhook has a new signature.');
  };
  return (
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
  );
}

/** What somebody armed over the control interface, and no row of this panel can. */
function ArmedElsewhere({ faults }: { readonly faults: readonly Fault[] }) {
  const { act } = usePage();
  if (faults.length === 0) return null;
  return (
    <section>
      <h3>Armed elsewhere</h3>
      <ul class="presets">
        {faults.map((fault) => (
          <li key={fault.id}>
            <span>
              {nameFault(fault)} <span class="armed">{describeFrequency(fault)}</span>
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
