/** The two secrets of a stage, as commands call them. */
export const SECRETS = ['auth-token', 'api-key'] as const;
export type SecretName = (typeof SECRETS)[number];
