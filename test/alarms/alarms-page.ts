import { withTable } from '../../build/write-docs.ts';
import { sumTable } from './fixed-sum.ts';
import { readAlarms } from './read-alarms.ts';
import { SCENES } from './scenes.ts';

export const ALARMS_PAGE = 'docs/alarms.md';

const TABLES = [
  { file: ALARMS_PAGE, name: 'alarms', rows: ringTable },
  { file: ALARMS_PAGE, name: 'sum', rows: sumTable },
];

/** The page with its tables made anew. */
export function withAlarmTables(page: string): string {
  return TABLES.reduce(withTable, page);
}

/** Alarm, fault and time to ring, as rows of a document. */
function ringTable(): readonly string[] {
  const urgencies = new Map(readAlarms().map(({ name, urgency }) => [name, urgency]));
  return [
    '| Alarm | Urgency | Fault that was made | Rings within minutes |',
    '|---|---|---|--:|',
    ...SCENES.map(
      ({ alarm, fault, within }) => `| \`${alarm}\` | ${urgencies.get(alarm)} | ${fault} | ${within} |`,
    ),
  ];
}
