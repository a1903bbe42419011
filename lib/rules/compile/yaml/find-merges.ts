import type { Slip } from './slip.ts';
import type { Written } from './written.ts';

/** `<<: *shared`, by which YAML 1.1 put the keys of another mapping among those beside it. */
export function* findMerges({ tokens }: Written): Generator<Slip> {
  for (const [index, { kind, text, from, to }] of tokens.entries()) {
    const [colon, value] = tokens.slice(index + 1, index + 3);
    if (kind !== 'plain' || text !== '<<' || colon?.kind !== 'map-value-ind') continue;
    const named = value?.kind === 'alias' ? value.text : 'the other mapping';
    const message = `"<<" merges nothing here, as YAML 1.2 has no merge keys. Write out here what ${named} holds.`;
    yield { from, to: value?.kind === 'alias' ? value.to : to, message };
  }
}
