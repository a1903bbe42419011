import { useUniqueId } from './use-unique-id.ts';

/** A line to fill in, with what is wrong with it below. */
export function Field(props: {
  readonly label: string;
  readonly value: string;
  readonly required?: boolean;
  readonly placeholder?: string;
  /** What may be filled in. */
  readonly hint?: string;
  readonly problem: string | undefined;
  readonly onChange: (value: string) => void;
}) {
  const { label, value, required = false, placeholder = '', hint, problem, onChange } = props;
  const id = useUniqueId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        value={value}
        required={required}
        placeholder={placeholder}
        autocomplete="off"
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-about`}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <div id={`${id}-about`}>
        <Problem text={problem} />
        {problem === undefined && hint !== undefined && <p class="quiet">{hint}</p>}
      </div>
    </div>
  );
}

/** Read out when it comes. */
export function Problem({ text }: { readonly text: string | undefined }) {
  return <div role="alert">{text !== undefined && <p class="problem">{text}</p>}</div>;
}
