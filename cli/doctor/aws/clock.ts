import { awsCheck, unseen, warning } from '../check.ts';

const MOST_MS = 60_000;

export const clock = awsCheck({
  id: 'clock',
  what: 'This machine’s clock goes right',
  why: 'AWS refuses requests that are five minutes off, and what you read in logs is at another time.',
  run: async (_aws, { door, stage }) => {
    const { at } = await door.get();
    if (Number.isNaN(at)) return [unseen('The webhook’s address does not say what time it is.')];
    const off = Math.round((stage.clock.now() - at) / 1000);
    const word = off > 0 ? 'ahead of' : 'behind';
    return Math.abs(off) * 1000 > MOST_MS
      ? [warning(`This machine is ${Math.abs(off)} s ${word} AWS.`, 'sudo timedatectl set-ntp true')]
      : [];
  },
});
