/** Whether a file of JSON may be made a tree of: looked at character by character before. */
import type { Findings } from '../project/finding.ts';
import { LONGEST_CELL } from './csv-size.ts';

/** Each takes some kilobyte as a part of a tree; as a table, a year of figures of a large miniapp takes less than a tenth. */
const MOST_VALUES = 200_000;

/** Says where it is that the file has more values than it may, or a longer text; false when it has. */
export function isFewValues(path: string, text: string, findings: Findings): boolean {
  let [values, isString, start] = [0, false, 0];
  const refuse = (detail: string, at: number) => {
    findings.add('table-unreadable', path, { detail }, at, text);
    return false;
  };
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    if (isString && character === '\\') i += 1;
    else if (character === '"') [isString, start] = [!isString, i];
    else if (!isString && (character === ',' || character === '[' || character === '{')) values += 1;
    if (isString && i - start > LONGEST_CELL)
      return refuse(`it has a text of more than ${LONGEST_CELL} characters`, start);
    if (values > MOST_VALUES)
      return refuse(`it has more than ${MOST_VALUES} values: give it in parts, or as a CSV table`, i);
  }
  return true;
}
