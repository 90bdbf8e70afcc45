/**
 * The areas of the code, what each holds and what it may import. The arrows are those of the picture in scripts/README.md: everything
 * points at the core, and the core at nothing, so that the same decision runs in the command line, in a workflow and in a browser.
 * Longer than most files, because it is one table.
 */

export interface Area {
  readonly name: string;
  /** What it holds: a row of the table in scripts/README.md. */
  readonly about: string;
  readonly holds: RegExp;
  /** Areas that its files may import, besides its own. */
  readonly imports: readonly string[];
  /** Areas of which it may know the types only. */
  readonly types?: readonly string[];
  /**
   * The folders inside, each with those that it may import. It names those alone that stand before it, so that no two need each other.
   * The one without a name is the files beside the folders, which import none of them and which each of them may import.
   */
  readonly rooms?: readonly InnerFolder[];
  /** Packages, where not every one is allowed. */
  readonly packages?: Readonly<Record<string, string>>;
  /** Whether it may use Node; the browser and other decisions cannot. */
  readonly isPure?: true;
}

export interface InnerFolder {
  readonly name: string;
  /** What it holds: a row of the second table in scripts/README.md. */
  readonly about: string;
  /** Folders of its area that its files may import, besides their own. */
  readonly imports: readonly string[];
}

const EVERYTHING = [
  ...[
    'core',
    'read',
    'edit',
    'project',
    'tables',
    'git',
    'packages',
    'evaluate',
    'github',
    'propose',
    'bot',
    'doctor',
    'publish',
  ],
  ...['report', 'cache', 'init', 'upgrade', 'portal', 'cli', 'commands', 'entry', 'tooling'],
];

/** The first whose pattern fits is a file's area. */
export const AREAS: readonly Area[] = [
  {
    name: 'core',
    about: 'the domain: pure, total, no clock of its own; also runs in the browser',
    holds: /^scripts\/core\//,
    imports: [],
    rooms: [
      { name: '', about: 'the model, and words, dates, versions and paths', imports: [] },
      { name: 'problems', about: 'what is wrong, as data, and its sentences in each language', imports: [] },
      { name: 'identity', about: 'the person behind a login; accounts of host apps, compared and masked', imports: [] },
      {
        name: 'lifecycle',
        about: 'stages of a version, what a transition is, what only the past can tell',
        imports: ['problems'],
      },
      {
        name: 'resolution',
        about: 'which version opens, or which error and its fix; the table of all answers, and what a change alters',
        imports: ['problems', 'identity', 'lifecycle'],
      },
      { name: 'redaction', about: 'texts and workspaces without accounts in them', imports: ['identity'] },
      {
        name: 'policy',
        about: 'roles, rights, who may not approve, which approvals count',
        imports: ['problems', 'identity', 'lifecycle'],
      },
      {
        name: 'history',
        about: 'what commits claim, and what happened; read, not judged',
        imports: ['identity', 'policy', 'resolution'],
      },
      { name: 'report', about: 'the data report as figures', imports: ['resolution'] },
      { name: 'hosts', about: 'what host apps are given', imports: ['problems', 'identity', 'resolution'] },
      {
        name: 'rules',
        about: 'what every configuration must keep, one file a rule',
        imports: ['problems', 'identity', 'lifecycle', 'resolution', 'redaction'],
      },
      {
        name: 'transitions',
        about: 'a difference as transitions, and whether they may be',
        imports: ['problems', 'identity', 'lifecycle', 'resolution', 'policy', 'rules'],
      },
    ],
    isPure: true,
    packages: {
      'url-template': 'RFC 6570 links, the same in the browser and here; no dependencies, no input or output',
      tldts: 'the public suffix list, which says what may be an origin; data and string functions alone',
      'punycode/punycode.js': 'IDN labels as they read, to warn of look-alikes; string functions alone',
    },
  },
  {
    name: 'read',
    about: 'the only door in: YAML, shape, avatars, line and column',
    holds: /^scripts\/read\//,
    imports: ['core'],
  },
  {
    name: 'git',
    about: 'the only place that starts Git; a folder as Git sees it',
    holds: /^scripts\/git\//,
    imports: ['core', 'read'],
    rooms: [
      {
        name: 'process',
        about: 'starts Git here, and Git that talks to a remote; where a folder is in its repository',
        imports: [],
      },
      { name: 'stores', about: 'temporary folders and object stores, and what was read before', imports: ['process'] },
      {
        name: 'objects',
        about: 'trees and blobs, many in one process; a commit as a source of files',
        imports: ['process', 'stores'],
      },
      {
        name: 'commits',
        about: 'logs, names and times of commits, branches, fetches, what differs between two',
        imports: ['process', 'stores', 'objects'],
      },
      {
        name: 'merges',
        about: 'merges made in memory, and those that somebody made otherwise',
        imports: ['process', 'stores', 'objects', 'commits'],
      },
      {
        name: 'history',
        about: "the platform's own history: its beginning, its states one by one, who claims what",
        imports: ['process', 'stores', 'objects', 'commits', 'merges'],
      },
      {
        name: 'writing',
        about: 'commits and branches: without a checkout, or on the branch that is checked out',
        imports: ['process', 'stores', 'commits'],
      },
      {
        name: 'working-tree',
        about: 'the files on disk and the index, as sources and as a commit',
        imports: ['process', 'stores', 'objects', 'commits', 'writing'],
      },
    ],
  },
  {
    name: 'report',
    about: 'problems and decisions as text for a terminal, and as Markdown',
    holds: /^scripts\/report\//,
    imports: ['core'],
    types: ['read'],
  },
  {
    name: 'edit',
    about: 'from a state and arguments to the smallest edits of YAML; writing them whole',
    holds: /^scripts\/edit\//,
    imports: ['core', 'read'],
  },
  {
    name: 'project',
    about: '[miniapp projects](project/README.md): digest, pages, what their code calls',
    holds: /^scripts\/project\//,
    imports: ['core'],
  },
  {
    name: 'tables',
    about: '[files that go in and out](tables/README.md): CSV, texts, figures, entries',
    holds: /^scripts\/tables\//,
    imports: ['core', 'project'],
  },
  {
    name: 'packages',
    about: 'the bytes of versions: kept, proven, read again, compared',
    holds: /^scripts\/packages\//,
    imports: ['core', 'read', 'git', 'project'],
  },
  {
    name: 'evaluate',
    about: 'a difference judged: two commits, or edits not written yet',
    holds: /^scripts\/evaluate\//,
    imports: ['core', 'read', 'git', 'packages'],
    types: ['edit'],
  },
  {
    name: 'github',
    about: "GitHub's API: clients, readers, accounts, remotes; no policy",
    holds: /^scripts\/github\//,
    imports: ['core', 'git'],
    types: ['read'],
  },
  {
    name: 'propose',
    about: 'opens a pull request for an edit: branch, push, fork',
    holds: /^scripts\/propose\//,
    imports: ['core', 'read', 'edit', 'git', 'packages', 'evaluate', 'report', 'github'],
  },
  {
    name: 'bot',
    about: '[the bot](bot/README.md): state, evaluation, approvals, feedback, rounds',
    holds: /^scripts\/bot\//,
    imports: ['core', 'read', 'edit', 'git', 'packages', 'evaluate', 'report', 'github'],
    rooms: [
      { name: '', about: 'facts, evaluations and actions as data, and what they are called on GitHub', imports: [] },
      {
        name: 'manual-transition',
        about: 'a transition that somebody asked for by a form: what was asked, and by whom',
        imports: [],
      },
      {
        name: 'approvals',
        about: "pull requests of the bot's own: approvals, rejections, automatic approval, expired rows",
        imports: [],
      },
      {
        name: 'evaluate',
        about: 'who acts, which reviews count, what a pull request comes to; does nothing and says nothing',
        imports: ['manual-transition', 'approvals'],
      },
      {
        name: 'actions',
        about: 'what writes on GitHub: one executor a kind of action, and how much a run may',
        imports: [],
      },
      {
        name: 'state',
        about: 'the tip and the pull requests as they are, what a run did, and what it is given',
        imports: ['manual-transition', 'approvals', 'evaluate', 'actions'],
      },
      {
        name: 'feedback',
        about: 'status, labels, comment, message of the merge: what there should be',
        imports: ['evaluate', 'state'],
      },
      {
        name: 'packages',
        about: 'the bytes of versions: read again, compared, kept',
        imports: ['approvals', 'evaluate', 'state'],
      },
      {
        name: 'round',
        about: 'round after round: plan, judge, act; the merge queue',
        imports: ['manual-transition', 'approvals', 'evaluate', 'actions', 'state', 'feedback', 'packages'],
      },
    ],
  },
  {
    name: 'doctor',
    about: 'whether a clone and a repository are set up',
    holds: /^scripts\/doctor\//,
    imports: ['core', 'git', 'github'],
  },
  {
    name: 'publish',
    about: 'whether a commit may be published',
    holds: /^scripts\/publish\//,
    imports: ['core', 'read', 'git', 'github'],
  },
  {
    name: 'cache',
    about: 'what commands found before, for the user who runs them; whoever judges for others has none',
    holds: /^scripts\/cache\//,
    imports: [],
  },
  {
    name: 'init',
    about: "the beginning of a platform of one's own, as edits",
    holds: /^scripts\/init\//,
    imports: ['core', 'read', 'edit', 'git', 'github'],
  },
  {
    name: 'upgrade',
    about: 'a newer tool for a platform; migrations of files whose form changed',
    holds: /^scripts\/upgrade\//,
    imports: ['core', 'read', 'edit', 'git', 'github', 'init'],
  },
  {
    name: 'portal',
    about: "starts the portal's build, and serves what was built",
    holds: /^scripts\/portal\//,
    imports: ['core', 'read', 'git', 'report'],
  },
  {
    name: 'cli',
    about: 'the frame of commands: words, configuration, actor, edits, output',
    holds: /^scripts\/cli\//,
    imports: [
      'core',
      'read',
      'edit',
      'git',
      'packages',
      'evaluate',
      'report',
      'tables',
      'project',
      'github',
      'propose',
    ],
    rooms: [
      { name: 'frame', about: 'what a command and an edit are; options, help, the process that runs it', imports: [] },
      {
        name: 'config',
        about: 'finds and reads the configuration, its history and its stores of packages',
        imports: ['frame'],
      },
      { name: 'input', about: 'what words name: files, accounts, miniapps, the actor', imports: ['frame', 'config'] },
      {
        name: 'output',
        about: 'lists, decisions, edits and pull requests as text or JSON; files that a command writes',
        imports: ['frame', 'config', 'input'],
      },
      {
        name: 'edits',
        about: 'an edit made, evaluated, written, committed and proposed',
        imports: ['frame', 'config', 'input', 'output'],
      },
    ],
  },
  {
    name: 'commands',
    about: 'one file a verb, a folder a noun: parse, load, call the core, print',
    holds: /^scripts\/commands\//,
    imports: EVERYTHING.filter((name) => name !== 'entry' && name !== 'tooling'),
  },
  {
    name: 'entry',
    about: '`cli.ts`: words → command → exit code; `ci.ts`: the same for workflows',
    holds: /^scripts\/(?:cli|ci)\.ts$/,
    imports: ['cli', 'commands', 'core', 'github', 'bot', 'publish'],
  },
  {
    name: 'tooling',
    about:
      '`checks/`, `bench/`, `fixtures/`, `*.mjs`: not the product; what keeps it in order, sets it up and tests it',
    holds: /^scripts\//,
    imports: EVERYTHING,
  },
  {
    name: 'site-data',
    about: '`site/src/data.ts`: what the portal is given',
    holds: /^site\/src\/data\.ts$/,
    imports: ['core', 'read', 'git', 'report', 'portal', 'site-views', 'site-build'],
  },
  {
    name: 'site-client',
    about: "`*.client.ts`: what runs in the reader's browser",
    holds: /^site\/src\/.*\.client\.ts$/,
    imports: ['core', 'site-views'],
    isPure: true,
    packages: {},
  },
  {
    name: 'site-pages',
    about: 'pages, endpoints, components, markup, and what they are made with',
    holds: /^site\/src\/(?:pages\/|layouts\/|[a-z]+\.ts$|.*(?:\.astro|markup\.ts)$)/,
    imports: ['core', 'site-views', 'site-client', 'site-data', 'site-build'],
  },
  {
    name: 'site-views',
    about: 'what a page shows, as data, and its texts; the same in the browser',
    holds: /^site\/src\/(?:features|lib|i18n)\//,
    imports: ['core'],
    isPure: true,
    packages: {
      'd3-scale': 'where a value of a chart stands',
      'd3-shape': 'the lines and areas of charts',
      qrcode: 'the modules of a code, drawn here and in the browser',
      minisearch: 'finds words in the index of the search',
    },
  },
  {
    name: 'site-build',
    about: 'how the portal is built',
    holds: /^site\//,
    imports: ['core', 'portal', 'site-data', 'site-views', 'site-pages'],
  },
];

/** The areas below scripts/ as a table of Markdown, for scripts/README.md. */
export function areasTable(): string {
  const rows = AREAS.filter(({ name }) => !name.startsWith('site-')).map((area) => [
    /^(?:entry|tooling)$/.test(area.name) ? '' : `\`${area.name}/\``,
    area.about,
    importsText(area),
  ]);
  return tableOf([['folder', 'what it holds', 'may import'], ...rows]);
}

/** The folders inside areas as a table of Markdown, for scripts/README.md. */
export function roomsTable(): string {
  const rows = AREAS.flatMap(({ name, rooms = [] }) =>
    rooms.map((room) => [
      `\`${name}/${room.name === '' ? '*.ts' : `${room.name}/`}\``,
      room.about,
      room.imports.join(', ') || 'nothing',
    ]),
  );
  return tableOf([['folder', 'what it holds', 'may import of its area'], ...rows]);
}

/** A table of Markdown as prettier lays it out; the first row is its head. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.slice(1).map(line)].join('\n');
}

function importsText({ name, imports, types = [], packages }: Area): string {
  const others = EVERYTHING.filter((one) => one !== name && !imports.includes(one));
  const named = [...imports, ...types.map((one) => `types of ${one}`)].join(', ');
  const text = others.length <= 3 && others.length > 0 ? `all but ${others.join(', ')}` : named;
  const few = packages ? `${Object.keys(packages).length} packages` : '';
  return [text, few].filter((part) => part !== '').join(', ') || 'everything';
}
