export function isNear(normal: string, wanted: string): boolean {
  return normal === wanted;
}
