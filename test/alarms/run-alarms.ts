import { NO_FAULTS } from '../simulation/fault-load.ts';
import { sumTable } from './fixed-sum.ts';
import { liveDay, ORDINARY_FAULTS } from './live-day.ts';
import { playScene } from './scene.ts';
import { SCENES } from './scenes.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);

const DAYS = [
  ['a quiet day', { hours: 24, messages: 40, conversations: 10, faults: NO_FAULTS }],
  ['a busy day', { hours: 24, messages: 20_000, conversations: 200, faults: ORDINARY_FAULTS }],
] as const;

for (const scene of SCENES) {
  const { minutes, others } = await playScene(scene);
  if (minutes === undefined) process.exitCode = 1;
  const also = others.length === 0 ? '' : `, and ${others.join(', ')}`;
  say(`${scene.fault}: ${scene.alarm} after ${minutes ?? 'more than the promised'} minutes${also}`);
}
for (const [name, day] of DAYS) {
  const { rings, replies } = await liveDay(day);
  for (const { lag, alarms } of rings) {
    if (alarms.length > 0) process.exitCode = 1;
    const rung = alarms.join(', ') || 'no alarm';
    say(`${name}, ${day.messages} messages, ${replies} replies, data ${lag} minutes late: ${rung}`);
  }
}
for (const row of sumTable()) say(row);
