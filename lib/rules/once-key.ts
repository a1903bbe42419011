/**
 * What is kept of the id of something that spoke: FNV-1a, 32 bits. Two ids of a file meet once in millions of files,
 * and then only share a pause.
 */
export function onceKey(id: string): string {
  let hash = 0x811c9dc5;
  for (let place = 0; place < id.length; place++) {
    hash = Math.imul(hash ^ id.charCodeAt(place), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
