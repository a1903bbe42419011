import { useState } from 'preact/hooks';

let given = 0;

/** An id that no other element has. Preact's own useId begins anew whenever the page is drawn from its root. */
export function useUniqueId(): string {
  const [id] = useState(() => {
    given += 1;
    return `id-${given}`;
  });
  return id;
}
