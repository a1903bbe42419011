export interface RouteMatch<R> {
  readonly route: R;
  readonly params: Readonly<Record<string, string>>;
}

export type MatchRoute<R> = (method: string, path: string) => RouteMatch<R> | 'wrong-method' | undefined;

/** Finds the route of a path. Of routes that both match, the first in the table wins; none here do. */
export function createMatcher<R extends { readonly method: string; readonly path: string }>(
  routes: readonly R[],
): MatchRoute<R> {
  const bySize = Map.groupBy(
    routes.map((route) => ({ route, segments: route.path.split('/') })),
    ({ segments }) => segments.length,
  );
  return (method, path) => {
    const given = path.split('/');
    let wrongMethod = false;
    for (const { route, segments } of bySize.get(given.length) ?? []) {
      const params = matchSegments(segments, given);
      if (params === undefined) continue;
      if (route.method === method) return { route, params };
      wrongMethod = true;
    }
    return wrongMethod ? 'wrong-method' : undefined;
  };
}

function matchSegments(
  pattern: readonly string[],
  given: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const params: Record<string, string> = {};
  for (const [n, segment] of pattern.entries()) {
    const value = given[n] ?? '';
    if (segment.startsWith(':')) {
      const decoded = decode(value);
      if (decoded === undefined || decoded === '') return undefined;
      params[segment.slice(1)] = decoded;
    } else if (segment !== value) return undefined;
  }
  return params;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
