import * as z from 'zod/mini';
import { parseJson } from '../lib/json.ts';

/** A world that runs on this machine. */
export interface FoundWorld {
  /** `http://127.0.0.1:4000` */
  readonly url: string;
  /** Whether there is a bot in it, or only the service. */
  readonly hasBot: boolean;
}

/** Of what page/describe-endpoints.ts gives, as much as tells a world from anything else. */
const indexShape = z.object({
  name: z.string().check(z.startsWith('parley: ')),
  botAuthor: z.nullable(z.string()),
});

/** Whatever listens on the port has this long to say who it is. */
const PATIENCE_MS = 2000;

/** Asks who listens on a port; undefined when nobody does, or somebody else. */
export async function findWorld(port: number): Promise<FoundWorld | undefined> {
  const url = `http://127.0.0.1:${port}`;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const headers = { accept: 'application/json' };
    const answer = await fetch(url, { headers, signal, redirect: 'manual' });
    const index = indexShape.safeParse(parseJson(await answer.text()));
    return index.success ? { url, hasBot: index.data.botAuthor !== null } : undefined;
  } catch {
    return undefined;
  }
}
