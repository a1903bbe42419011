export function readYesNo(
  normal: string,
  _languages: readonly string[],
  _language: () => string,
): 'yes' | 'no' | undefined {
  return normal === 'yes' || normal === 'no' ? normal : undefined;
}
