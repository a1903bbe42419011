/** For people: everything that is wrong with the settings of a stage, whatever it is packaged or deployed for. */
export function settingsRefused(problems: readonly string[]): string {
  return ['The settings cannot be used:', ...problems.map((one) => `  - ${one}`)].join('\n');
}
