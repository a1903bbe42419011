import type { Fault } from '../../../../emulator/index.ts';
import { usePage } from '../ui/page-context.ts';
import { armedOnce, armedUntilStopped, describeFrequency, type Preset } from './fault-presets.ts';

/** One fault: how it is armed, and two buttons that arm it and disarm it again. */
export function PresetRow(props: {
  readonly preset: Preset;
  /** How often it strikes while it is switched on. */
  readonly share: number;
  readonly faults: readonly Fault[];
}) {
  const { preset, share, faults } = props;
  const { act } = usePage();
  const once = armedOnce(preset, faults);
  const switched = armedUntilStopped(preset, faults);
  const toggle = (
    armed: Fault | undefined,
    times: { readonly times: number | null; readonly share: number },
  ) =>
    void (armed === undefined ? act('arm', { ...preset.spec, ...times }) : act('disarm', { id: armed.id }));
  const armed = [once, switched].flatMap((fault) => (fault === undefined ? [] : describeFrequency(fault)));
  return (
    <li>
      <span>
        {preset.title} {armed.length > 0 && <span class="armed">{armed.join(', and ')}</span>}
      </span>
      <button
        type="button"
        class="button small"
        aria-label={`Once: ${preset.title}`}
        aria-pressed={once !== undefined}
        onClick={() => toggle(once, { times: 1, share: 1 })}
      >
        Once
      </button>
      <button
        type="button"
        role="switch"
        class="switch"
        aria-checked={switched !== undefined}
        aria-label={preset.title}
        onClick={() => toggle(switched, { times: null, share })}
      />
    </li>
  );
}
