/** English: what is said of files and of YAML. */
export const files = {
  'file-unknown': {
    title: 'A file that does not belong here',
    message: '"{file}" is no file of a configuration',
    hint: 'Remove it, or give it the name of a file that config/README.md lists. {near}',
  },
  'files-unknown': {
    title: 'More files that do not belong here',
    message: '{count} more files are no files of a configuration, "{file}" among them',
    hint: 'Remove them; the others are named one by one.',
  },
  'file-not-plain': {
    title: 'Not a plain file',
    message: '"{file}" is a {what}; only plain files without the executable bit belong here',
    hint: '{fix}',
  },
  'file-too-large': {
    title: 'File too large',
    message: '"{file}" has {bytes} bytes, more than the {limit} that a file of this kind may have',
    hint: 'Remove what does not belong in it, or split it.',
  },
  'file-missing': {
    title: 'A required file is missing',
    message: '{file} is missing',
    hint: 'Add it; config/README.md has an example.',
  },
  'file-unreadable': {
    title: 'A file cannot be read',
    message: '"{file}" cannot be read: {detail}',
    hint: 'Check its permissions.',
  },
  'file-case-collision': {
    title: 'Names that differ only by case',
    message: '{file} and {other} differ only by letter case; some file systems and GitHub take them for one',
    hint: 'Keep one of the two.',
  },
  'lfs-pointer': {
    title: 'Git LFS pointer',
    message: '{file} is a Git LFS pointer, not the file itself',
    hint: 'Commit the file itself: git lfs untrack it, then add it again.',
  },
  'utf8-invalid': {
    title: 'Not UTF-8',
    message: 'the file is not valid UTF-8',
    hint: 'Save it as UTF-8.',
  },
  'bom-found': {
    title: 'Byte order mark',
    message: 'the file starts with a byte order mark',
    hint: 'Save it as UTF-8 without BOM.',
  },
  'carriage-return-found': {
    title: 'Windows line ends',
    message: 'a carriage return; lines end with a line feed alone',
    hint: 'Save it with LF line ends (.gitattributes sees to it after: git add --renormalize .).',
  },
  'tab-found': {
    title: 'Tab',
    message: 'a tab; YAML is indented with spaces',
    hint: 'Replace it with spaces; inside a text write it as \\t in double quotes.',
  },
  'control-character-found': {
    title: 'Invisible character',
    message: 'the character {character}, which cannot be seen and can mislead a reviewer',
    hint: 'Remove it.',
  },
  'file-empty': {
    title: 'Empty file',
    message: 'the file is empty',
    hint: 'Fill it (config/README.md has an example) or remove it.',
  },
  'yaml-syntax': {
    title: 'Not valid YAML',
    message: 'not valid YAML: {detail}',
    hint: 'Correct it here; an editor with a YAML extension shows the same.',
  },
  'yaml-documents': {
    title: 'Several documents in one file',
    message: 'a second YAML document begins',
    hint: 'Keep one document a file: remove the line ---.',
  },
  'yaml-directive': {
    title: 'YAML directive',
    message: 'a YAML directive (%…), which is not used here',
    hint: 'Remove the line.',
  },
  'yaml-anchor': {
    title: 'Anchor or alias',
    message: '{what} {name}: anchors and aliases are not used here, so that a file says what it means',
    hint: 'Write the value out.',
  },
  'yaml-tag': {
    title: 'Tag',
    message: 'the tag {name}: tags are not used here',
    hint: 'Remove it; write a text in quotes if it looks like something else.',
  },
  'yaml-merge-key': {
    title: 'Merge key',
    message: 'a merge key (<<): it is not used here',
    hint: 'Write the values out.',
  },
  'yaml-duplicate-key': {
    title: 'The same key twice',
    message: '"{key}" is already set on line {line}',
    hint: 'Keep one of the two.',
  },
  'yaml-key': {
    title: 'A key that is no text',
    message: 'the key {key} is no text',
    hint: 'Write it in quotes if it is meant as text.',
  },
  'yaml-key-reserved': {
    title: 'A key that programs take for something else',
    message: 'the key {key} is not used here: some programs do not take it for a name',
    hint: 'Give it another name; quotes do not help.',
  },
  'yaml-number-form': {
    title: 'A number that readers of YAML read differently',
    message: '{field} is {actual}, which is {value} here and may be another number or a text elsewhere',
    hint: 'Write {value}',
  },
  'yaml-nesting': {
    title: 'Nested too deep',
    message: 'nested deeper than {limit} levels',
    hint: 'No file of a configuration needs that; check its indentation and brackets.',
  },
  'yaml-entries': {
    title: 'Too many entries',
    message: '{entries} entries, more than the {limit} that one list, map or file may have',
    hint: 'No file of a configuration needs that many; split or remove some.',
  },
  'problems-more': {
    title: 'More problems than can be listed',
    message: '{file} has {count} problems more',
    hint: 'Correct the first ones; most of the rest are likely the same.',
  },
} as const;
