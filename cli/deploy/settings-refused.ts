/** For people: everything that is wrong with the settings of a stage, whether it is to be packaged or deployed. */
export function settingsRefused(problems: readonly string[]): string {
  return ['The settings cannot be used:', ...problems.map((one) => `  - ${one}`)].join('\n');
}
