/**
 * Twilio's regions, where data is kept, each with the edges by which its API is reached: the public one or two, and
 * those of Twilio Interconnect.
 * https://www.twilio.com/docs/global-infrastructure/using-the-twilio-rest-api-in-a-non-us-region
 */
export const PLACES: Readonly<Record<string, readonly string[]>> = {
  us1: ['ashburn', 'umatilla', 'ashburn-ix', 'san-jose-ix'],
  ie1: ['dublin', 'london-ix'],
  au1: ['sydney', 'sydney-ix'],
  jp1: ['tokyo', 'tokyo-ix'],
};

/** Where a host without a region is. */
export const HOME_REGION = 'us1';

/** What is wrong with an edge and a region together; undefined when they are a place of Twilio's, or both absent. */
export function placeProblem(edge: string | undefined, region: string | undefined): string | undefined {
  if (edge === undefined && region === undefined) return undefined;
  if (edge !== undefined && region !== undefined && PLACES[region]?.includes(edge)) return undefined;
  const given = `TWILIO_EDGE is ${shown(edge)} and TWILIO_REGION is ${shown(region)}`;
  const places = Object.entries(PLACES).map(([name, edges]) => `${name} with ${edges.join(' or ')}`);
  return `${given}: Twilio asks for both or neither, and allowed are the regions ${places.join('; ')}.`;
}

function shown(value: string | undefined): string {
  return value === undefined ? 'not set' : JSON.stringify(value);
}
