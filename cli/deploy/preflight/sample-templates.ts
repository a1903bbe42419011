import { parleyLine } from '../../stage/suggest.ts';
import { type Check, isLive, note, problem } from './finding.ts';

/** The SIDs in the shipped rules, and in whatever was begun from them: no account has such. */
const INVENTED = /^HXa0{24}/;

/** A template of a SID that the account does not have: Twilio refuses the reply, and its message ends quarantined. */
export const sampleTemplates: Check = async (planned) => {
  const invented = Object.entries(planned.book.templates).flatMap(([name, { sid }]) => {
    const sids = typeof sid === 'string' ? [sid] : Object.values(sid.byLanguage);
    return sids.some((one) => INVENTED.test(one)) ? [name] : [];
  });
  if (invented.length === 0) return [];
  const says = `The templates ${invented.join(', ')} have the SIDs of the sample, which no account has: whatever they answer would end quarantined. Create them: ${parleyLine('templates push', planned)}`;
  return [isLive(planned) ? problem(says) : note(says)];
};
