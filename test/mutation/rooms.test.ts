import { expect, it } from 'vitest';
import { ROOMS } from './rooms.ts';
import { SURVIVORS } from './survivors.ts';

const rooms = Object.entries(ROOMS);

it.each(rooms)('the room %s of mutation testing has files and tests', (_, room) => {
  expect(room.mutate).not.toEqual([]);
  expect(room.tests).not.toEqual([]);
});

it('no file is mutated in two rooms', () => {
  const files = rooms.flatMap(([, { mutate }]) => mutate);
  expect(files.filter((file, at) => files.indexOf(file) !== at)).toEqual([]);
});

it('what is explained to survive stands in a room', () => {
  const files = new Set(rooms.flatMap(([, { mutate }]) => mutate));
  expect(SURVIVORS.map(({ file }) => file).filter((file) => !files.has(file))).toEqual([]);
});
