import { type IconName, PATHS } from './icon-paths.ts';

/** Decoration: whatever it says is said in words beside it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
