/** Of some fields those that have a value, with their types less undefined: none has to be there. */
type Defined<Fields> = { [Key in keyof Fields]?: Fields[Key] & ({} | null) };

/** The fields that have a value: what may be missing is left out of an object, rather than written into it as undefined. */
export function defined<Fields extends object>(fields: Fields): Defined<Fields> {
  const kept: Defined<Fields> = {};
  for (const key in fields) {
    const value = fields[key];
    if (value !== undefined) kept[key] = value;
  }
  return kept;
}
