/** Addresses as anybody may read them. */

/** Words with a star for each character of a name, password or token that stands before a host: as long as they were. Pure. What stands before the last @ is none of the host. */
export const maskedLogin = (words: string): string =>
  words.replace(/(:\/\/)([^/\s]+)(?=@)/g, (_, start: string, login: string) => start + '*'.repeat(login.length));
