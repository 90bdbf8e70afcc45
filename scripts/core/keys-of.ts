/** The keys of a table that is written out in full, with their types: whatever else an object may have is not known to them. */
export const keysOf = <Table extends object>(table: Table): (keyof Table & string)[] =>
  Object.keys(table) as (keyof Table & string)[];
