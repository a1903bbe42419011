import type { Condition } from './condition.ts';

/** Whether the message carries media at all, or MIME types such as `image/*`, in lower case. */
export const media: Condition<boolean | readonly string[]> = {
  holds: (wanted, facts) =>
    typeof wanted === 'boolean'
      ? wanted === facts.media.length > 0
      : wanted.some((glob) => facts.media.some((type) => matchesType(glob, type))),
  yes: (wanted) => carries(wanted, wanted !== false),
  no: (wanted) => carries(wanted, wanted === false),
};

/** `image/*` stands for every subtype. */
function matchesType(glob: string, type: string): boolean {
  return glob.endsWith('/*') ? type.startsWith(glob.slice(0, -1)) : type === glob;
}

function carries(wanted: boolean | readonly string[], any: boolean): string {
  return `the message carries ${any ? '' : 'no '}${typeof wanted === 'boolean' ? 'media' : wanted.join(', ')}`;
}
