/** What a content type offers to tap and sends back as a message: https://www.twilio.com/docs/content/content-types-overview */
type Offers = (content: Readonly<Record<string, unknown>>) => readonly unknown[];

const OFFERS: ReadonlyMap<string, Offers> = new Map<string, Offers>([
  ['twilio/quick-reply', ({ actions }) => titlesOf(actions, 'title')],
  ['twilio/list-picker', ({ items }) => titlesOf(items, 'item')],
  ['twilio/card', ({ actions }) => titlesOf(actions, 'title', 'QUICK_REPLY')],
  ['whatsapp/card', ({ actions }) => titlesOf(actions, 'title', 'QUICK_REPLY')],
]);

/** The titles that customers may tap, as a template's definition writes them, placeholders included. */
export function findTitles(
  types: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): readonly string[] {
  const titles = Object.entries(types).flatMap(([type, content]) => OFFERS.get(type)?.(content) ?? []);
  return [...new Set(titles.filter((title) => typeof title === 'string'))];
}

/** @param only the `type` that an action must have, where it has one */
function titlesOf(list: unknown, key: string, only?: string): readonly unknown[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown) => {
    const fields = Object(item) as Readonly<Record<string, unknown>>;
    return only === undefined || fields['type'] === only ? [fields[key]] : [];
  });
}
