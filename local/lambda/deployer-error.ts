/** The deployment tool ended with an error; the message holds all that it printed, its reason among it. */
export class DeployerError extends Error {
  override readonly name = 'DeployerError' as const;
  readonly output: string;

  constructor(command: string, output: string) {
    super(`serverless ${command} failed:\n${output}`);
    this.output = output;
  }
}
