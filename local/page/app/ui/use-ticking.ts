import { useEffect, useState } from 'preact/hooks';

/** Draws again every second while it `ticks`. */
export function useTicking(ticks: boolean): void {
  const [, tick] = useState(0);
  useEffect(() => {
    if (!ticks) return;
    const timer = setInterval(() => tick((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, [ticks]);
}
