import { writeFileSync } from 'node:fs';
import { installFolder } from '../../build/install-folder.ts';
import { CANDIDATES, EMPTY } from './candidates.ts';
import { compare } from './compare.ts';
import { comparisonTable } from './comparison-table.ts';
import { writePage } from './performance-page.ts';
import { compiledClient, PEERS } from './runtime-client.ts';

export interface TellOptions {
  readonly runs: number;
  /** Without them nothing is installed, and the stand-in is used for the native part of AWS's runtime client. */
  readonly isWithPeers: boolean;
  /** The file for the figures. */
  readonly json: string | undefined;
  /** Whether the page is written, too. */
  readonly docs: boolean;
  readonly say: (line: string) => void;
}

/** Compares, writes what is to be written, and gives the table. */
export async function tellComparison({ runs, isWithPeers, json, docs, say }: TellOptions): Promise<string> {
  if (isWithPeers) installFolder(PEERS);
  const comparison = await compare({
    runs,
    say,
    ...(!isWithPeers && { candidates: CANDIDATES.filter(isParleyOrEmpty) }),
    compiledClient: isWithPeers ? compiledClient(say) : undefined,
  });
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(comparison, undefined, 2)}\n`);
  if (docs) writePage(comparison);
  return comparisonTable(comparison);
}

function isParleyOrEmpty({ name, function: built }: (typeof CANDIDATES)[number]): boolean {
  return name === EMPTY || built !== undefined;
}
