/** A picture for a miniapp that has none yet: the first letter of its name on a colour that the name gives. */

const COLOURS = ['#2563eb', '#0f766e', '#b45309', '#be123c', '#6d28d9', '#0369a1', '#4d7c0f', '#a21caf'] as const;

/** The text of an SVG of 128 × 128; the same for the same name, on every machine. */
export function generatedAvatar(name: string): string {
  const [letter = '?'] = [...name.trim()].filter((character) => /[\p{L}\p{N}]/u.test(character));
  const sum = [...name].reduce((total, character) => (total * 31 + character.codePointAt(0)!) % 65_521, 7);
  const colour = COLOURS[sum % COLOURS.length]!;
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 128 128">',
    `  <rect width="128" height="128" rx="28" fill="${colour}"/>`,
    `  <text x="64" y="87" font-family="sans-serif" font-size="64" font-weight="600" text-anchor="middle" fill="#fff">${letter.toUpperCase()}</text>`,
    '</svg>',
    '',
  ].join('\n');
}
