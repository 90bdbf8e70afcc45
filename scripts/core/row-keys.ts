/**
 * The fields that tell a row of a list from the others of that list, by the name of the list in its file: two rows that have them alike are one
 * row, said differently. `rowsAreUnique` refuses two in one list.
 */
export const ROW_KEYS: Readonly<Record<string, readonly string[]>> = {
  acknowledged: ['commit'],
  members: ['login'],
  rows: ['date', 'app', 'region', 'version'],
  runtimes: ['appVersion'],
  scenarios: ['name'],
  trafficking: ['app'],
  whitelist: ['app', 'account'],
};
