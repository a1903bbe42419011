import type { Happening, Resource } from '../../emulator/index.ts';

/** Whose conversation each is: the address or identity of whoever joined it first. */
export interface CustomerNames {
  hear(happening: Happening): void;
  of(conversationSid: unknown): string | undefined;
}

export function nameCustomers(): CustomerNames {
  const names = new Map<string, string>();
  return {
    hear: (happening) => {
      if (happening.kind === 'loaded') names.clear();
      if (happening.kind !== 'participant' || happening.change !== 'added') return;
      const sid = String(happening.resource['conversation_sid']);
      const name = nameOf(happening.resource);
      if (name !== undefined && !names.has(sid)) names.set(sid, name);
    },
    of: (conversationSid) => {
      if (typeof conversationSid !== 'string') return undefined;
      return names.get(conversationSid) ?? conversationSid;
    },
  };
}

function nameOf(participant: Resource): string | undefined {
  const binding = participant['messaging_binding'] as { readonly address?: string } | null;
  const name = participant['identity'] ?? binding?.address;
  return typeof name === 'string' ? name : undefined;
}
