import { connect } from 'node:tls';

export interface ServedCertificate {
  /** When it ends, in milliseconds since the epoch. */
  readonly until: number;
  /** Why this machine would not trust it, in OpenSSL's words. */
  readonly refused?: string;
}

const PATIENCE_MS = 5_000;

/** The certificate that a host serves, whether it is good or not. */
export function readCertificate(host: string, port: number): Promise<ServedCertificate> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, servername: host, rejectUnauthorized: false }, () => {
      const until = Date.parse(socket.getPeerCertificate().valid_to);
      const refused = socket.authorized ? {} : { refused: String(socket.authorizationError) };
      socket.destroy();
      resolve({ until, ...refused });
    });
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('it did not answer in 5 s')));
    socket.once('error', reject);
  });
}
