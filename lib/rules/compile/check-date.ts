import { show } from './shapes.ts';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const DAY_FIRST = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/;

/** What is wrong with a date such as `2026-12-24`, or undefined. */
export function checkDate(written: string): string | undefined {
  const [, year = '', month = '', day = ''] = DATE.exec(written) ?? [];
  if (year === '') {
    return `${show(written)} is not a date. Write each day as year-month-day, such as 2026-12-24.${suggestDate(written)}`;
  }
  if (Number(month) < 1 || Number(month) > 12)
    return `There is no ${written}: a year has the months 01 to 12.`;
  // Day 0 of the month after.
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(day) >= 1 && Number(day) <= days) return undefined;
  return `There is no ${written}: ${year}-${month} has the days 01 to ${days}.`;
}

/** Where year, month and day can be told apart; 12/11/2026 is one day in London and another in New York. */
function suggestDate(written: string): string {
  const [, day = '', month = '', year = ''] = DAY_FIRST.exec(written) ?? [];
  const parts = year === '' ? (YEAR_FIRST.exec(written) ?? []).slice(1) : [year, month, day];
  const date = parts.map((part) => part.padStart(2, '0')).join('-');
  return date !== '' && checkDate(date) === undefined ? ` Did you mean ${date}?` : '';
}
