import type { CurvePoint } from './pooled-curve.ts';

/** A named curve. */
export interface Series {
  readonly name: string;
  readonly points: readonly CurvePoint[];
}

const SIDE = 420;
const MARGIN = { left: 56, top: 40, right: 24, bottom: 52 };
/** Okabe and Ito's palette, told apart by colour-blind readers too. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];
/** A pixel holds no more than this. */
const MAX_POINTS = 600;

/** Precision over recall, both from 0 to 1, as a standalone SVG document. */
export function prCurveSvg(title: string, series: readonly Series[]): string {
  const width = MARGIN.left + SIDE + MARGIN.right;
  const height = MARGIN.top + SIDE + MARGIN.bottom + series.length * 18;
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].flatMap((value) => [
    line(x(0), y(value), x(1), y(value)),
    line(x(value), y(0), x(value), y(1)),
    text(x(0) - 8, y(value) + 4, 'end', value.toFixed(1)),
    text(x(value), y(0) + 18, 'middle', value.toFixed(1)),
  ]);
  const curves = series.map(({ points }, i) => {
    const path = thin(points).map(
      ({ recall, precision }) => `${x(recall).toFixed(1)},${y(precision).toFixed(1)}`,
    );
    return `<polyline fill="none" stroke="${COLOURS[i % COLOURS.length]!}" stroke-width="2" points="${path.join(' ')}"/>`;
  });
  const legend = series.flatMap(({ name }, i) => {
    const at = y(0) + 52 + i * 18;
    return [
      `<rect x="${x(0)}" y="${at - 9}" width="14" height="10" fill="${COLOURS[i % COLOURS.length]!}"/>`,
      text(x(0) + 22, at, 'start', name),
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="12" fill="#222">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${MARGIN.left}" y="24" font-size="15" font-weight="600">${escape(title)}</text>`,
    ...ticks,
    text(x(0.5), y(0) + 36, 'middle', 'recall'),
    `<text transform="translate(16 ${y(0.5)}) rotate(-90)" text-anchor="middle">precision</text>`,
    ...curves,
    ...legend,
    '</svg>\n',
  ].join('\n');
}

const x = (recall: number): number => MARGIN.left + recall * SIDE;
const y = (precision: number): number => MARGIN.top + (1 - precision) * SIDE;

const line = (x1: number, y1: number, x2: number, y2: number): string =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#ddd"/>`;

const text = (atX: number, atY: number, anchor: string, content: string): string =>
  `<text x="${atX}" y="${atY}" text-anchor="${anchor}">${escape(content)}</text>`;

const escape = (content: string): string =>
  content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function thin(points: readonly CurvePoint[]): readonly CurvePoint[] {
  const step = Math.ceil(points.length / MAX_POINTS);
  return points.filter((_, i) => i % step === 0 || i === points.length - 1);
}
