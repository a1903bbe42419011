import { MEMORY_MS, type Memory } from './memory.ts';

/**
 * What is still remembered at `at`. A month after a customer's last message only what somebody else put there since
 * is left: a question may be a program's, of yesterday.
 */
export function liveMemory(memory: Memory, at: number): Memory {
  const { customerAt, question } = memory;
  if (customerAt === undefined || at - customerAt <= MEMORY_MS) return memory;
  return question === undefined ? {} : { question };
}
