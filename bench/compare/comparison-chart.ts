import type { Comparison, Row } from './summarise.ts';

const WIDTH = 760;
const NAMES = 250;
const NUMBERS = 60;
const LINE = 24;
const BAR = 14;
const TOP = 44;
const BOTTOM = 30;

const STYLE = `
text { font: 13px system-ui, sans-serif; fill: #24292f }
.small { font-size: 11px; fill: #57606a }
.other { fill: #8c959f }
.ours { fill: #0969da }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .small { fill: #9da7b1 }
  .other { fill: #6e7681 }
  .ours { fill: #4493f8 }
}`;

/** A bar for each handler, as an SVG: until its first event was answered, in times the empty handler. */
export function comparisonChart({ date, machine, node, client, rows }: Comparison): string {
  const most = Math.max(...rows.map(timesEmptyOf));
  const height = TOP + rows.length * LINE + BOTTOM;
  const scale = (WIDTH - NAMES - NUMBERS) / most;
  const bars = rows.map((row, at) => bar(row, TOP + at * LINE, timesEmptyOf(row) * scale));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
<title>Cold start and first event, × an empty handler</title>
<style>${STYLE}
</style>
<text x="0" y="16">Cold start and first event, × an empty handler of the same round (median)</text>
${bars.join('\n')}
<text class="small" x="0" y="${height - 8}">${escapeXml(`${date}, ${machine}, Node ${node.slice(1)}, ${client === 'compiled' ? 'compiled runtime client' : 'stand-in runtime client'}`)}</text>
</svg>
`;
}

function bar(row: Row, top: number, width: number): string {
  const middle = top + BAR - 3;
  const kind = row.name.startsWith('parley') ? 'ours' : 'other';
  const name = row.version === undefined ? row.name : `${row.name} ${row.version}`;
  return [
    `<text x="${NAMES - 10}" y="${middle}" text-anchor="end">${escapeXml(name)}</text>`,
    `<rect class="${kind}" x="${NAMES}" y="${top}" width="${width.toFixed(1)}" height="${BAR}" rx="2"/>`,
    `<text x="${(NAMES + width + 6).toFixed(1)}" y="${middle}">${timesEmptyOf(row).toFixed(2)}</text>`,
  ].join('');
}

function timesEmptyOf({ timesEmpty }: Row): number {
  return timesEmpty.first.median;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
