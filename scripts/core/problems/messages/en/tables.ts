/** English: what is said of reports, and of files that are imported. */
export const tables = {
  'report-month': {
    title: 'A day of another month',
    message: '{date} is not in {month}',
    hint: 'Move the row to reports/{right}.yaml',
  },
  'report-figures': {
    title: 'Figures that contradict each other',
    message: '{smaller} is {smallerValue}, more than the {largerValue} of {larger}',
    hint: 'Check the figures of this day.',
  },
  'table-unreadable': {
    title: 'A table that cannot be read',
    message: 'not a table that can be read: {detail}',
    hint: 'Correct it here; in a CSV what holds commas, quotes or line ends stands in quotes.',
  },
  'table-empty': {
    title: 'A file without entries',
    message: 'the file has no entries',
    hint: 'It needs at least one entry. {expected}',
  },
  'table-column': {
    title: 'A column that is missing or not known',
    message: 'the columns or fields do not fit: {what}',
    hint: 'Correct the names. {near}',
  },
  'table-cells': {
    title: 'A row of another length',
    message: 'the row has {cells} cells, the head has {columns}',
    hint: 'Put quotes around a text that holds a comma.',
  },
  'table-value': {
    title: 'A value that cannot be taken',
    message: '{field} is {actual}; it must be {expected}',
    hint: 'Correct it. {next}',
  },
  'table-row-twice': {
    title: 'The same row twice',
    message: '{what} is on line {line} already',
    hint: 'Keep one of the two.',
  },
  'import-differs': {
    title: 'Both sides say something',
    message: '{what} is {have} there and {given} here',
    hint: 'To take what the file says: {option}',
  },
} as const;
