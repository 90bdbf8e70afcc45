/** English: what is said of the fields of one file. */
export const fields = {
  'field-missing': {
    title: 'A required field is missing',
    message: '"{field}" is missing ({description})',
    hint: 'Add it, for example {example}',
  },
  'field-unknown': {
    title: 'An unknown field',
    message: '"{field}" is no field here',
    hint: '{near}',
  },
  'field-type': {
    title: 'A value of the wrong type',
    message: '{field} is {actual}; it must be {expected}',
    hint: '{hint}',
  },
  'field-value': {
    title: 'A value that is none of the allowed ones',
    message: '{field} is {actual}; it must be one of {expected}',
    hint: '{near}',
  },
  'field-pattern': {
    title: 'A value of the wrong form',
    message: '{field} is {actual}; expected: {description}',
    hint: '{next}',
  },
  'field-limit': {
    title: 'Too long, too short, too many or too few',
    message: '{field} {limit}',
    hint: '{description}, for example {example}',
  },
  'field-not-allowed': {
    title: 'A field that does not go with the others',
    message: '"{field}" does not go with the other fields here',
    hint: 'Remove it. {description}',
  },
  'list-duplicate': {
    title: 'The same entry twice',
    message: '{field} has the same entry twice: number {first} and number {second}',
    hint: 'Keep one of the two.',
  },
  'identity-mismatch': {
    title: 'Path is identity',
    message: '{field} is "{actual}", but the path says "{expected}"',
    hint: 'Write "{expected}" here, or move the file to {path}',
  },
} as const;
