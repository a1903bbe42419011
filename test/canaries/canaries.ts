/** Values planted where secrets and personal data are, and a search for them in whatever comes out. */
export interface Canaries {
  /** A word that stands nowhere else, to be put where `place` says. */
  plant(place: string): string;
  /** The same for a value that must have a shape, such as a telephone number. */
  plantValue(place: string, value: string): string;
  /** The places whose canaries are in `text`: as they are, in another case, in base64 or in hexadecimal digits. */
  found(text: string): readonly string[];
}

interface Planted {
  readonly place: string;
  /** In lower case. */
  readonly plain: string;
  readonly encoded: readonly string[];
}

export function createCanaries(): Canaries {
  const planted: Planted[] = [];
  const plantValue = (place: string, value: string) => {
    const encoded = [...inBase64(value), Buffer.from(value).toString('hex')];
    planted.push({ place, plain: value.toLowerCase(), encoded });
    return value;
  };
  return {
    plantValue,
    plant: (place) => plantValue(place, `kanari${String(planted.length).padStart(3, '0')}zq`),
    found: (text) => {
      const lower = text.toLowerCase();
      const found = planted.filter(
        ({ plain, encoded }) => lower.includes(plain) || encoded.some((one) => text.includes(one)),
      );
      return [...new Set(found.map(({ place }) => place))];
    },
  };
}

/** What of the base64 of a longer text is certain, wherever in it the value begins. */
function inBase64(value: string): readonly string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.from('.'.repeat(before) + value).toString('base64');
    const start = Math.ceil((before * 8) / 6);
    return text.slice(start, Math.floor(((before + value.length) * 8) / 6));
  });
}
