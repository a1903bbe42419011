export function wallClock(
  _at: number,
  _timezone: string,
): { date: string; time: string; weekday: number; minutes: number } {
  return { date: '', time: '', weekday: 0, minutes: 0 };
}
