/** Names and values, as they went over the wire. */
export function Pairs(props: {
  readonly title: string;
  readonly pairs: readonly (readonly [name: string, value: unknown])[];
}) {
  const { title, pairs } = props;
  if (pairs.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <dl class="pairs">
        {pairs.map(([name, value], index) => (
          <div key={`${index} ${name}`}>
            <dt>{name}</dt>
            <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
