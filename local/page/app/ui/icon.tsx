/** Strokes on a 24 × 24 grid. */
const PATHS = {
  whatsapp: 'M4 20l1.3-4A8 8 0 1 1 8.4 19L4 20zM9 9c0 3.5 2.5 6 6 6',
  sms: 'M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12h5',
  chat: 'M3 5h12v8H8l-4 3v-3H3zM18 9h3v8h-1v3l-4-3H9',
  plus: 'M12 5v14M5 12h14',
  send: 'M4 12l16-8-6 16-3-7zM11 13l9-9',
  clip: 'M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.3 8.2a1.6 1.6 0 0 1-2.3-2.3L14.5 7',
  clock: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 7v5l3.5 2',
  bolt: 'M13 3L5 14h6l-1 7 9-12h-6z',
  rules: 'M4 6l1.5 1.5L8 5M4 12l1.5 1.5L8 11M4 18l1.5 1.5L8 17M12 6.5h8M12 12.5h8M12 18.5h8',
  check: 'M5 12.5l4.5 4.5L19 7',
  cross: 'M6 6l12 12M18 6L6 18',
  alert: 'M12 4l9 16H3zM12 10v4M12 17v.5',
  link: 'M14 4h6v6M20 4l-9 9M18 14v5H5V6h5',
  phone: 'M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A15 15 0 0 1 4 5a1 1 0 0 1 1-1z',
  list: 'M8 6h12M8 12h12M8 18h12M4 6v.1M4 12v.1M4 18v.1',
  reply: 'M9 7L4 12l5 5M4 12h10a6 6 0 0 1 6 6v1',
  pin: 'M12 21s7-6.3 7-11.5a7 7 0 1 0-14 0C5 14.7 12 21 12 21zM12 7a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9v.1',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  left: 'M15 5l-7 7 7 7',
  right: 'M9 5l7 7-7 7',
  webhook: 'M4 12h12M11 7l5 5-5 5M20 4v16',
  queue: 'M4 6h16M4 12h16M4 18h10',
  decision: 'M12 3l9 9-9 9-9-9zM12 8v4M12 15v.5',
  request: 'M20 12H8M13 7l-5 5 5 5M4 4v16',
  flag: 'M6 21V4h11l-2 4 2 4H6',
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 21a8 8 0 0 1 16 0',
  log: 'M5 5h14v14H5zM8 9h8M8 12h8M8 15h4',
  pause: 'M8 5v14M16 5v14',
  play: 'M7 4l13 8-13 8z',
  skip: 'M5 5l9 7-9 7zM18 5v14',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration: whatever it says is said in words beside it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
