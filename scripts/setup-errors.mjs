/** What a failed installation means and what to do, by what npm (or the system) said. */

const CAUSES = [
  [
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED)\b/,
    "the package registry cannot be reached ($1). Check the network, or npm's proxy and registry settings (npm config list), then run the same command again.",
  ],
  [
    /\bEUSAGE\b|can only install packages when your package\.json/,
    'package-lock.json does not fit package.json. Restore both (git checkout package.json package-lock.json); who changes dependencies runs npm install and commits both files.',
  ],
  [
    /\bEINTEGRITY\b/,
    'a package is not the one that package-lock.json lists. Empty the cache (npm cache clean --force) and try again.',
  ],
  [/\bENOSPC\b/, 'the disk is full; about 750 MB are needed.'],
  [
    /\b(EACCES|EROFS|EPERM)\b/,
    "this folder or npm's cache cannot be written ($1). Give yourself the right, or clone somewhere else.",
  ],
  [/\b(E401|E403)\b/, 'the package registry refuses access ($1). See npm config get registry, and npm login.'],
  [
    /\b(E404|ETARGET)\b/,
    'the package registry does not have a package that package-lock.json lists ($1). See npm config get registry.',
  ],
  [
    /\b(EBADENGINE|EBADDEVENGINES)\b/,
    'npm is set to refuse older Node versions. Turn that off: npm config delete engine-strict.',
  ],
];

/** One sentence with the next step, and the lines that say why. */
export function explain(output, otherwise) {
  const reasons = output.trim().split('\n').filter(saysWhy).slice(0, 12).join('\n');
  for (const [pattern, sentence] of CAUSES) {
    const match = pattern.exec(output);
    if (match)
      return `${sentence.replace('$1', match[1] ?? match[0])}${reasons.includes('\n') ? `\n\n${reasons}` : ''}`;
  }
  return reasons === '' ? otherwise : `${otherwise}\n\n${reasons}`;
}

/** npm adds warnings and its whole usage text. */
const saysWhy = (line) => {
  const isUsage = /^npm error (?: |Clean install|Usage:|Options:|npm ci$|\[-|aliases:|Run "npm help)/.test(line);
  return line.trim() !== '' && !isUsage && !/^npm (?:warn|notice)/.test(line) && !/^npm error$/.test(line);
};
