import type { MetricName } from './cloudwatch/metrics.ts';
import { readResources } from './read-template.ts';

type MetricLine = readonly (string | object)[];

export interface Widget {
  readonly type: 'metric' | 'log';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title: string;
    readonly query?: string;
    readonly metrics?: readonly MetricLine[];
  };
}

/** The widgets of stack/dashboard.yml; what is only known once it is deployed stays as it stands there. */
export function readWidgets(): readonly Widget[] {
  const body = readResources('stack/dashboard.yml')['Dashboard']?.Properties['DashboardBody'] as {
    readonly 'Fn::Sub': string;
  };
  return (JSON.parse(body['Fn::Sub']) as { readonly widgets: readonly Widget[] }).widgets;
}

/** Every metric that a line shows. */
export function shownMetrics(): readonly MetricName[] {
  return readWidgets()
    .flatMap(({ properties }) => properties.metrics ?? [])
    .map((line) => {
      const [namespace = '', name = '', ...pairs] = line.filter((part) => typeof part === 'string');
      const dimensions: Record<string, string> = {};
      for (let at = 0; at < pairs.length; at += 2) dimensions[pairs[at] ?? ''] = pairs[at + 1] ?? '';
      return { namespace, name, dimensions };
    });
}
