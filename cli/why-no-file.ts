/** Why a file or folder cannot be read or written, in words. */
export function whyNoFile(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return WHY[code] ?? error.message;
}

/** https://nodejs.org/api/errors.html#common-system-errors */
const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder, and not a file',
  ENOTDIR: 'what its path names for a folder is a file',
  EACCES: 'its owner has not allowed it',
  EPERM: 'its owner has not allowed it',
  EROFS: 'its disk can only be read',
};
