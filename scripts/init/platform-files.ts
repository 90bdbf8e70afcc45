/** The files of a platform that begins: from a few answers to texts with their comments. Pure. */
import { written } from '../edit/yaml.ts';

export interface InitAnswers {
  readonly name: string;
  readonly owner: string;
  readonly githubId: number;
  /** What people call the owner. */
  readonly ownerName: string;
  /** Id and label; at least one. */
  readonly regions: readonly NamedEntry[];
  /** Id and name; the first is the default app. */
  readonly apps: readonly NamedEntry[];
  /** The first is the fallback. */
  readonly languages: readonly string[];
  /** The id of the key by which it keeps accounts as digests; absent: they stand as they are. */
  readonly accountsKey?: string;
  /** Where it stands on GitHub, as `owner/repository`, where that is known. */
  readonly repository?: string;
}

export interface NamedEntry {
  readonly id: string;
  readonly name: string;
}

/** `beginning`: the id from which the audit counts. */
export function platformText(answers: InitAnswers, beginning: string): string {
  const { name, regions, languages, accountsKey, repository } = answers;
  return `${schemaLine(1, 'platform')}# What holds for every app and every miniapp. Names no person, app or miniapp.

${yaml({ name })}
# Where the history of this platform begins: audit counts from the first commit that holds this id. It never changes.
${yaml({ beginning })}
# The regions (data centres) that apps serve. Labels are shown to people; ids stand in every other file.
regions:
${regions.map((region) => `  ${yaml({ [region.id]: region.name })}`).join('')}
# The first language is the fallback where a text has no translation. A name may be one text, or a map: { en: Hello, de: Hallo }
languages: [${languages.join(', ')}]

# RFC 6570 templates of what links and QR codes hold.
link:
  # A page inside a miniapp, as the vendor documents it.
  url: godzilla://{miniapp}/{+page}{?query*}
  # A normal link, wrapped for the app that opens it.
  link: '{scheme}://miniApp?url={url}'
  # The vendor does not publish what its experience codes hold: this form is yours to change.
  experience: '{scheme}://miniApp?url={url}&experience={version}'

# The account that opens, stamps and merges pull requests: here the workflows' own. .github/SETUP.md has the other way.
bot:
  login: github-actions[bot]
  githubId: 41898282

review:
  # Submissions of internal people are approved by the bot once this time has passed without anybody stopping it.
  automatic: { enabled: true, afterMinutes: 2 }
  # Hours after which a waiting submission is shown as late.
  slaHours: 48

${accountsKey === undefined ? PLAIN : digest(accountsKey)}
${repository === undefined ? PORTAL_UNKNOWN : portal(repository)}`;
}

const PLAIN = `# How whitelists hold e-mail addresses and phone numbers: as they are, for whoever can read this repository and its history.
# Digests tell nobody who it is: npx miniapp accounts migrate
accounts: plain
`;

const digest = (
  key: string,
): string => `# Whitelists hold digests instead of e-mail addresses and phone numbers. Their key is in no file: owners keep it.
accounts: digest
${yaml({ accountsKey: key })}`;

const portal = (repository: string): string => {
  const [owner = '', name = ''] = repository.split('/');
  return `# Where the portal is published, and which repository this is: commands open their pull requests there.\n${yaml(
    {
      portal: { url: `https://${owner.toLowerCase()}.github.io/${name}/`, repository },
    },
  )}`;
};

const PORTAL_UNKNOWN = `# Where the portal is published, and which repository this is. Take the marks away once there is one on GitHub.
# portal:
#   url: https://OWNER.github.io/REPOSITORY/
#   repository: OWNER/REPOSITORY
`;

/** The YAML of the first owner. */
export const personText = ({ owner, githubId, ownerName }: InitAnswers): string =>
  `${schemaLine(2, 'person')}# The first owner. An owner edits the platform; a reviewer approves versions that somebody else uploaded.
${yaml({ login: owner, githubId, name: ownerName })}platformRoles: [owner, reviewer]
`;

/** The YAML of a host app in all regions of the platform. */
export function appText({ id, name }: NamedEntry, { regions, languages }: InitAnswers, isDefault: boolean): string {
  const comment = isDefault
    ? '# The default app: it opens experience versions for whitelisted accounts even where a miniapp is not delivered.\n'
    : '';
  const head = yaml({ id, name: { [languages[0] ?? 'en']: name } }).trimEnd();
  const scheme = schemeOf(id);
  return `${schemaLine(2, 'app')}${comment}${head}
${yaml({ regions: regions.map((region) => region.id) }).trimEnd()}
# Begins the links that this app opens: ${scheme}://…
${yaml({ scheme }).trimEnd()}
${isDefault ? 'default: true\n' : ''}`;
}

/** A scheme of a link from an app's id: letters and digits, a letter first. */
export const schemeOf = (id: string): string => id.replace(/[^a-z0-9]/g, '').replace(/^(?=\d)/, 'app');

const schemaLine = (depth: number, kind: string): string =>
  `# yaml-language-server: $schema=${'../'.repeat(depth)}schemas/${kind}.schema.json\n`;

const yaml = (value: Readonly<Record<string, unknown>>): string => `${written(value).trimEnd()}\n`;
