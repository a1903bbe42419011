import type { Timed } from '../page-event.ts';
import { applyEvent } from './model/apply-event.ts';
import { createModel, type Model } from './model/model.ts';

export interface WorldView {
  readonly model: Model;
  /** False while the local world cannot be reached. */
  readonly connected: boolean;
}

/** Listens to the world and shows it, at most once a frame. */
export function followWorld(show: (world: WorldView) => void): void {
  const model = createModel();
  let connected = true;
  let scheduled = false;

  function showSoon(): void {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      show({ model, connected });
    });
  }

  const events = new EventSource('/events');
  events.addEventListener('message', ({ data }: MessageEvent<string>) => {
    applyEvent(model, JSON.parse(data) as Timed, Date.now());
    showSoon();
  });
  for (const change of ['open', 'error'] as const) {
    events.addEventListener(change, () => {
      connected = change === 'open';
      showSoon();
    });
  }
  showSoon();
}
