/** What the project's own files say of the example, and how they say it of a platform. Pure; what is not found stays as it is. */

/** What is for readers of the example alone stands between these lines of README.md. */
const EXAMPLE_PART = /<!-- example -->\n[\s\S]*?<!-- \/example -->\n+/g;

/** The README with the platform's name as its title and without the part about the example. */
export const ownReadme = (text: string, name: string): string =>
  text.replace(/^# Miniapp Registry$/m, `# ${oneLine(name)}`).replace(EXAMPLE_PART, '');

const ABOUT_EXAMPLE = /^What stands here now is an \*\*example platform\*\*\.[\s\S]*?\n\n/m;
/** The last sentence of it. */
const BEGIN_YOUR_OWN = /\n?To begin with your own platform[^\n]*(?:\n(?!\n)[^\n]*)*/;

/** `isKept`: whether the example's data stays, so that what is said of it stays too. */
export const ownConfigReadme = (text: string, name: string, isKept: boolean): string =>
  text.replace(ABOUT_EXAMPLE, (paragraph) =>
    isKept
      ? `${paragraph.replace(BEGIN_YOUR_OWN, '').trimEnd()}\n\n`
      : `This is the configuration of **${oneLine(name)}**.\n\n`,
  );

/** package.json or package-lock.json under another name; both name the project in the same places. */
export function renamed(text: string, name: string): string {
  const before = /^\{\n {2}"name": ("(?:[^"\\]|\\.)*"),\n/.exec(text)?.[1];
  if (before === undefined) return text;
  return text
    .replace(`"name": ${before}`, `"name": ${JSON.stringify(name)}`)
    .replace(
      `"packages": {\n    "": {\n      "name": ${before}`,
      `"packages": {\n    "": {\n      "name": ${JSON.stringify(name)}`,
    );
}

/** The name in the text of a package.json as npm writes it; undefined where it does not begin so. */
export const nameIn = (text: string): string | undefined => {
  const found = /^\{\n {2}"name": ("(?:[^"\\]|\\.)*"),\n/.exec(text)?.[1];
  return found === undefined ? undefined : (JSON.parse(found) as string);
};

/** A package's name from a platform's: npm takes lower-case letters, digits and hyphens. */
export function packageName(name: string, owner: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|(?<!-)-+$/g, '');
  return (words.length > 1 ? words : `${owner.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-miniapps`).slice(0, 100);
}

/** Markdown takes these for marks. */
const oneLine = (name: string): string => name.replace(/[\\`*_<>[\]#]/g, (mark) => `\\${mark}`);
