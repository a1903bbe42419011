import type { Value } from '../../cli/option.ts';

export function wholeNumber(min: number, max: number): Value<number> {
  return {
    name: 'number',
    expected: `a whole number from ${min} to ${max}`,
    read: (given) => {
      const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
      return value >= min && value <= max ? value : undefined;
    },
  };
}
