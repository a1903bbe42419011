import { ClockPanel } from './clock-panel.tsx';
import { FaultPanel } from './fault-panel.tsx';
import { RulesPanel } from './rules-panel.tsx';

export function TopBar() {
  return (
    <header class="top-bar">
      <h1>
        <svg viewBox="0 0 32 32" aria-hidden="true" class="logo">
          <path
            class="logo-a"
            d="M3 4h18a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3H10l-6 5v-5H3a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z"
          />
          <path
            class="logo-b"
            d="M27 11a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3v4l-5-4h-8a3 3 0 0 1-3-3v-1h10a6 6 0 0 0 6-6z"
          />
        </svg>
        <span class="brand">
          parley <span class="quiet">local world</span>
        </span>
      </h1>
      <div class="bar-buttons">
        <RulesPanel />
        <FaultPanel />
        <ClockPanel />
      </div>
    </header>
  );
}
