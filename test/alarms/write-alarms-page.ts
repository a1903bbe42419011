import { readFile, writeFile } from 'node:fs/promises';
import { ALARMS_PAGE, withAlarmTables } from './alarms-page.ts';

await writeFile(ALARMS_PAGE, withAlarmTables(await readFile(ALARMS_PAGE, 'utf8')));
