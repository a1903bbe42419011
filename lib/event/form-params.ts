/** Form parameters by name, each with its values in the order they came. A Map, so that no name is special. */
export type FormParams = ReadonlyMap<string, readonly string[]>;
