/** Commands of the tool as somebody types them at the top of a clone. */

/** The whole line. `words`: what comes after the name of the tool; those that people wrote pass through `shellWord`. */
export const toolCommand = (words: string): string => `npx miniapp ${words}`;

/** The words of the upload of another version, for `toolCommand`; those in capitals are the user's to fill. */
export const uploadWords = (miniapp: string): string =>
  `upload ${miniapp} DIR --version VERSION --description DESCRIPTION`;

/** The words by which whoever has the bytes of a version brings them, for `toolCommand`; `isHere`: the clone of whoever types it has them. */
export const pushWords = (miniapp: string, version: string, isHere = false): string =>
  `package push ${miniapp} ${version}${isHere ? '' : ' DIR'}`;

/** A word that a shell takes as it is: what somebody typed may hold anything. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** Where ids that somebody looks for may be found. */
export const MINIAPPS_LISTED = `${toolCommand('list')} shows all of them`;
