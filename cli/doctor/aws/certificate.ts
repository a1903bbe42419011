import { awsCheck, problem, unseen, warning } from '../check.ts';

const DAY_MS = 86_400_000;
const SOON_DAYS = 14;

export const certificate = awsCheck({
  id: 'certificate',
  what: 'The webhook’s address has a certificate that is good for two weeks and more',
  why: 'Twilio calls no address whose certificate it cannot check.',
  run: async (_aws, { publicUrls, readCertificate, stage }) => {
    const hosts = publicUrls.map((url) => new URL(url));
    const looked = hosts.map(async ({ protocol, hostname, port }) => {
      if (protocol !== 'https:') return [unseen(`${hostname} is called without TLS, as only a stand-in is.`)];
      const { until, refused } = await readCertificate(hostname, Number(port || 443));
      const fix = `openssl s_client -connect ${hostname}:${port || 443} -servername ${hostname}`;
      if (refused !== undefined)
        return [problem(`The certificate of ${hostname} is refused: ${refused}.`, fix)];
      const days = Math.floor((until - stage.clock.now()) / DAY_MS);
      return days < SOON_DAYS ? [warning(`The certificate of ${hostname} ends in ${days} days.`, fix)] : [];
    });
    return (await Promise.all(looked)).flat();
  },
});
