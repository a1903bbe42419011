import type { Spot } from '../../lib/rules/compile/spot.ts';
import type { Step } from '../talk.ts';

/** The bot speaks only to what happens, so what it says stands below that. */
export function checkOrder(steps: readonly Step[], spotOf: (index: number) => Spot): void {
  let happened = false;
  let bot: 'bot' | 'silence' | undefined;
  let hasWritten = false;
  for (const [index, step] of steps.entries()) {
    const spot = spotOf(index);
    switch (step.does) {
      case 'bot':
      case 'silence':
        if (!happened)
          spot.keyProblem(
            `Nothing happens before this that the bot could answer. Put a step such as "says:" before it.`,
          );
        if (bot !== undefined && (bot === 'silence' || step.does === 'silence'))
          spot.keyProblem('The bot is either silent or it speaks. Keep one of these steps.');
        bot = step.does;
        break;
      case 'waits':
        happened = false;
        bot = undefined;
        break;
      case 'handed over':
      case 'remembered':
      case 'language':
      case 'call':
        break;
      default:
        if (step.does === 'says' && step.before && !hasWritten)
          spot.problem(
            'Nothing stands before this that it could have been written before. Leave out "before".',
          );
        hasWritten = true;
        happened = true;
        bot = undefined;
    }
  }
}
