import type { Condition } from './condition.ts';

/** Whether the message carries media at all, or MIME types such as `image/*`, in lower case. */
export const media: Condition<boolean | readonly string[]> = {
  holds: (wanted, facts) =>
    typeof wanted === 'boolean'
      ? wanted === facts.media.length > 0
      : wanted.some((glob) => facts.media.some((type) => matchesType(glob, type))),
  yes: (wanted) => `the message carries ${typeof wanted === 'boolean' ? some(wanted) : wanted.join(', ')}`,
  no: (wanted) =>
    `the message carries ${typeof wanted === 'boolean' ? some(!wanted) : `no ${wanted.join(', ')}`}`,
};

/** `image/*` stands for every subtype. */
function matchesType(glob: string, type: string): boolean {
  return glob.endsWith('/*') ? type.startsWith(glob.slice(0, -1)) : type === glob;
}

function some(media: boolean): string {
  return media ? 'media' : 'no media';
}
