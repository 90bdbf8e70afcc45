/** The pull request of an edit: what opens it will stand here, and nothing else needs to know how. */

/** Says what became of it. */
export const propose = (): string =>
  'no pull request was opened, as there is no GitHub remote or token in use: commit and push the edit as you like';
