import type { Core } from './core.ts';
import { loadState, saveState } from './save-state.ts';
import type { Start } from './start.ts';

export function describeStart(core: Pick<Core, 'state' | 'settings' | 'timeline'>): Start {
  return { state: saveState(core), settings: core.settings };
}

/**
 * Puts everything back as it was at the start: what the service knows, its settings, auth tokens and time. Faults are
 * switched off, and what waited (receipts, timers, delayed webhooks) is forgotten. What happened stays to be read.
 */
export function resetToStart(core: Core): void {
  const { clock, credentials, faults, pace, start, timeline } = core;
  faults.clear();
  credentials.reset();
  pace.forget();
  core.settings = start.settings;
  timeline.clear();
  timeline.resume();
  timeline.move(clock.now() - timeline.now());
  loadState(core, start.state);
  core.happenings.tell({ kind: 'time', frozen: timeline.frozen });
}
