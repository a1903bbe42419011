import type { RequestHappening } from '../../../../emulator/index.ts';
import { Pairs } from './pairs.tsx';

export function RequestDetails({ request }: { readonly request: RequestHappening }) {
  const { method, path, form, headers, answer } = request;
  return (
    <>
      <p>
        <code>
          {method} {path}
        </code>
      </p>
      <Pairs title="Form" pairs={form} />
      <Pairs title="Headers" pairs={Object.entries(headers)} />
      {answer !== undefined && (
        <>
          <h3>Answer</h3>
          <pre>{typeof answer === 'string' ? answer : JSON.stringify(answer, undefined, 2)}</pre>
        </>
      )}
    </>
  );
}
