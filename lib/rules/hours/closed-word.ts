/** What stands for a day without opening hours, by language. */
export const CLOSED: Readonly<Record<string, string>> = {
  ar: 'مغلق',
  bn: 'বন্ধ',
  de: 'geschlossen',
  en: 'closed',
  es: 'cerrado',
  fr: 'fermé',
  hi: 'बंद',
  id: 'tutup',
  it: 'chiuso',
  ja: '休業',
  ko: '휴무',
  mr: 'बंद',
  nl: 'gesloten',
  pl: 'zamknięte',
  pt: 'fechado',
  ru: 'закрыто',
  sv: 'stängt',
  ta: 'மூடப்பட்டுள்ளது',
  te: 'మూసివేయబడింది',
  tr: 'kapalı',
  uk: 'зачинено',
  ur: 'بند',
  vi: 'đóng cửa',
  zh: '休息',
};

/** In `language` (`de` or `de-AT`), or in English where we have no word. */
export function closedWord(language: string): string {
  const [base = ''] = language.toLowerCase().split('-');
  return (Object.hasOwn(CLOSED, base) ? CLOSED[base] : undefined) ?? 'closed';
}
