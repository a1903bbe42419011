/** The values of a metric, one a period, the oldest first; undefined where the period has none. */
export type Series = readonly (number | undefined)[];

type Value = number | Series;

/**
 * Computes a metric math expression over series of the same periods, as far as the alarms use it:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 *
 * - Between two series a value that is missing in one of them counts as 0; beside a number it stays missing.
 * - What is divided by zero is dropped.
 * - `FILL` fills nothing in a series without any value: the page does not say that it does.
 *
 * @param series by the id that the expression calls them by
 * @throws Error for what is not metric math, or not known here
 * @example compute('IF(failed > 1, failed / all)', { failed: [2, undefined], all: [4, 9] }); // [0.5, undefined]
 */
export function compute(expression: string, series: Readonly<Record<string, Series>>): Series {
  const tokens = expression.match(/\d+(?:\.\d+)?|[A-Za-z_]\w*|[<>=!]=|&&|\|\||[-+*/^<>(),]/g) ?? [];
  if (tokens.join('') !== expression.replaceAll(/\s+/g, ''))
    throw problem(expression, 'holds what is not metric math');
  let at = 0;

  const take = (token: string): boolean => {
    if (tokens[at] !== token) return false;
    at += 1;
    return true;
  };
  const expected = (token: string): void => {
    if (!take(token)) throw problem(expression, `needs "${token}" where "${tokens[at] ?? 'the end'}" is`);
  };

  function binary(level: number): Value {
    const operators = LEVELS[level];
    if (operators === undefined) return unary();
    let left = binary(level + 1);
    for (let token = tokens[at] ?? ''; token in operators; token = tokens[at] ?? '') {
      at += 1;
      left = combine(left, binary(level + 1), operators[token] as Operator);
    }
    return left;
  }

  function unary(): Value {
    if (take('-')) return combine(0, unary(), OPERATORS['-']);
    if (take('(')) {
      const inner = binary(0);
      expected(')');
      return inner;
    }
    const token = tokens[at] ?? '';
    at += 1;
    if (/^\d/.test(token)) return Number(token);
    if (take('(')) return call(token);
    const found = series[token];
    if (found === undefined)
      throw problem(expression, `names "${token}", which is not among ${Object.keys(series)}`);
    return found;
  }

  function call(name: string): Value {
    if (name === 'FILL') {
      const filled = binary(0);
      expected(',');
      const filler = take('REPEAT') ? 'REPEAT' : binary(0);
      expected(')');
      return fill(filled, filler);
    }
    const given = [binary(0)];
    while (take(',')) given.push(binary(0));
    expected(')');
    const [first = [], second = [], third] = given;
    if (name === 'IF' && given.length >= 2) return choose(first, second, third);
    if (name === 'DIFF' && given.length === 1) return difference(first);
    throw problem(expression, `calls ${name} with ${given.length}, which is not known here`);
  }

  const result = binary(0);
  if (at < tokens.length || !isSeries(result)) throw problem(expression, 'is not one series');
  return result;
}

type Operator = (left: number, right: number) => number | undefined;

const OPERATORS = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => (right === 0 ? undefined : left / right),
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
  '<=': (left, right) => Number(left <= right),
  '>=': (left, right) => Number(left >= right),
  '<': (left, right) => Number(left < right),
  '>': (left, right) => Number(left > right),
  '&&': (left, right) => Number(left !== 0 && right !== 0),
  '||': (left, right) => Number(left !== 0 || right !== 0),
} as const satisfies Record<string, Operator>;

const WORDS: Readonly<Record<string, string>> = { OR: '||', AND: '&&' };

/** What binds least first. */
const LEVELS: readonly Readonly<Record<string, Operator>>[] = [
  ['||', 'OR'],
  ['&&', 'AND'],
  ['==', '!=', '<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/'],
].map((names) =>
  Object.fromEntries(names.map((name) => [name, OPERATORS[(WORDS[name] ?? name) as keyof typeof OPERATORS]])),
);

function isSeries(value: Value): value is Series {
  return typeof value !== 'number';
}

function combine(left: Value, right: Value, operator: Operator): Value {
  if (!isSeries(left) && !isSeries(right)) return operator(left, right) ?? Number.NaN;
  const length = isSeries(left) ? left.length : (right as Series).length;
  return Array.from({ length }, (_, at) => {
    const [a, b] = [valueAt(left, at), valueAt(right, at)];
    if (isSeries(left) && isSeries(right)) {
      return a === undefined && b === undefined ? undefined : operator(a ?? 0, b ?? 0);
    }
    return a === undefined || b === undefined ? undefined : operator(a, b);
  });
}

function valueAt(value: Value, at: number): number | undefined {
  return isSeries(value) ? value[at] : value;
}

/** A true condition without a value to give gives 0; a false one drops the value. */
function choose(condition: Value, then: Value, otherwise: Value | undefined): Value {
  if (!isSeries(condition)) return (condition === 0 ? otherwise : then) ?? [];
  return condition.map((holds, at) => {
    if (holds === undefined) return undefined;
    if (holds !== 0) return valueAt(then, at) ?? 0;
    return otherwise === undefined ? undefined : valueAt(otherwise, at);
  });
}

function fill(filled: Value, filler: Value | 'REPEAT'): Value {
  if (!isSeries(filled) || filled.every((value) => value === undefined)) return filled;
  let last: number | undefined;
  return filled.map((value, at) => {
    last = value ?? last;
    return value ?? (filler === 'REPEAT' ? last : valueAt(filler, at));
  });
}

/** To the value before, however far back that is. */
function difference(series: Value): Value {
  let before: number | undefined;
  return (isSeries(series) ? series : []).map((value) => {
    const result = value === undefined || before === undefined ? undefined : value - before;
    before = value ?? before;
    return result;
  });
}

function problem(expression: string, what: string): Error {
  return new Error(`The expression "${expression}" ${what}.`);
}
