/** A file's name, for messages, and its content. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}
