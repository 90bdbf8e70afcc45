/** English: what is said of files that do not agree: the rules of core/rules/. */
export const rules = {
  'reference-unknown': {
    title: 'A name that nothing bears',
    message: 'there is no {kind} "{name}"',
    hint: '{near}',
  },
  'region-outside-app': {
    title: 'Delivery to a region that the app does not serve',
    message: 'the app "{app}" does not serve the region "{region}"; it serves {regions}',
    hint: 'Remove the region here, or add it to apps/{app}.yaml',
  },
  'default-app-missing': {
    title: 'No default app',
    message: 'no app has default: true; one must, the one that opens experience versions without delivery',
    hint: 'Add default: true to that app, for example in {file}',
  },
  'default-app-several': {
    title: 'Several default apps',
    message: '"{app}" and "{other}" both have default: true; exactly one app may',
    hint: 'Remove default from one of the two.',
  },
  'review-pending-several': {
    title: 'Several versions under review',
    message: '{version} and {other} are both under review; a miniapp has one at a time',
    hint: 'Withdraw one: npx miniapp withdraw {miniapp} {other}',
  },
  'review-by-author': {
    title: 'Reviewed by its own author',
    message: 'reviewedBy is {login}, who {did} this version; a reviewer is another person',
    hint: 'Have another reviewer approve or reject it.',
  },
  'release-version-twice': {
    title: 'One version in two places of the release',
    message: '{version} is {here} and also {there}; a version has one place',
    hint: 'Remove it from one of the two.',
  },
  'release-not-approved': {
    title: 'Released without approval',
    message: '{version} is {here}, but its review is {status}; only approved versions go online',
    hint: 'Take it out of release.yaml first. Then: {next} ({command})',
  },
  'admin-missing': {
    title: 'No admin',
    message: 'no member who is still here is an admin; every miniapp has at least one',
    hint: 'Give somebody role: admin',
  },
  'manager-missing': {
    title: 'No manager left',
    message: 'every manager of {app} has left, so nobody can agree to new delivery to it',
    hint: 'Name somebody who is here, or take the managers away: npx miniapp app edit {app} --add-manager LOGIN, or --remove-manager',
  },
  'owner-missing': {
    title: 'No owner',
    message: 'nobody in people/ is an owner of the platform, so nobody may change its settings',
    hint: 'Add platformRoles: [owner] to somebody in people/',
  },
  'row-duplicate': {
    title: 'The same row twice',
    message: 'a second row for {what}; the first is number {first}',
    hint: 'Keep one of the two.',
  },
  'runtime-shares': {
    title: 'More than all users',
    message: 'the shares of the versions of {app} are {sum} % together; they can be at most 100',
    hint: 'Correct the shares, or leave those out that nobody knows.',
  },
  'runtime-kit-unused': {
    title: 'A kit that nothing asks for',
    message: 'no version of any miniapp needs the kit {kit}, which versions of {app} hold',
    hint: 'Check its spelling, for it decides nothing. {near}',
  },
  'accounts-key-missing': {
    title: 'Digests without a key',
    message: 'accounts are to be kept as digests, and accountsKey does not say by which key',
    hint: 'Let the tool make one, and convert what is there: npx miniapp accounts migrate',
  },
  'account-plain': {
    title: 'An account that everybody can read',
    message: 'the account {account} stands here as it is; platform.yaml says accounts: digest',
    hint: 'Convert it: npx miniapp accounts migrate --miniapp {miniapp}. What was pushed stays readable in history and pull requests: .github/SETUP.md, "Erasing an account", says what to do.',
  },
  'account-digest': {
    title: 'A digest where accounts are plain',
    message: '{account} is a digest, and platform.yaml keeps accounts plain: it fits nobody',
    hint: 'Write the account itself, or keep accounts as digests: npx miniapp accounts migrate',
  },
  'account-key-differs': {
    title: 'A digest by another key',
    message: '{account} was made with the key {key}, and the platform uses {expected}: it fits nobody',
    hint: 'Make it again with the platform’s key: npx miniapp accounts hash ACCOUNT',
  },
  'account-in-text': {
    title: 'A text that seems to name an account',
    message: 'this text seems to hold an e-mail address or a phone number, and accounts are kept as digests here',
    hint: 'Say it without: a role, a team or a device tells rows apart as well.',
  },
  'avatar-missing': {
    title: 'Avatar missing',
    message: 'the avatar "{avatar}" is not beside miniapp.yaml',
    hint: 'Add the image: PNG, JPEG, WebP or SVG, 16 to 1024 pixels, at most 256 KB',
  },
  'avatar-format': {
    title: 'Avatar is not the image it claims',
    message: '"{avatar}" is {actual}, not the {expected} that its name claims',
    hint: 'Save it again as {expected}, or rename it.',
  },
  'avatar-size': {
    title: 'Avatar too large or too small',
    message: '"{avatar}" has {width} × {height} pixels; 16 to 1024 each way are allowed',
    hint: 'Scale it; 256 × 256 serves every place.',
  },
  'avatar-active': {
    title: 'Avatar with active content',
    message: '"{avatar}" holds {what}; an avatar is a picture and nothing else',
    hint: 'Export it as plain SVG, or as PNG.',
  },
  'whitelist-never-matches': {
    title: 'A whitelist row that never matches',
    message: 'the miniapp is not delivered to "{app}", which is not the default app, so this row has no effect',
    hint: 'Deliver it: npx miniapp trafficking add {miniapp} --app {app} --region {region}, or remove the row.',
  },
  'whitelist-expired': {
    title: 'An expired whitelist row',
    message: 'this row ended on {expires}',
    hint: 'Remove it or set a later date.',
  },
  'domain-form': {
    title: 'Not an origin',
    message: '"{origin}" is no https origin',
    hint: 'Write https:// and a host name, for example https://api.example.com',
  },
  'domain-scheme': {
    title: 'Not https',
    message: '"{origin}" is not https; nothing else may be called',
    hint: 'Write https://{host}',
  },
  'domain-extra': {
    title: 'More than an origin',
    message: '"{origin}" has {what}; an origin is https:// and a host name alone',
    hint: 'Write https://{host}',
  },
  'domain-wildcard': {
    title: 'Wildcard',
    message: '"{origin}" has a wildcard; every host is listed by its name',
    hint: 'List each host name that the miniapp calls.',
  },
  'domain-ip': {
    title: 'IP address',
    message: '"{origin}" is an IP address; a host name is needed',
    hint: 'Use the host name that the certificate is for.',
  },
  'domain-local': {
    title: 'Local name',
    message: '"{origin}" has no meaning outside one machine or network',
    hint: 'Use a public host name.',
  },
  'domain-public-suffix': {
    title: 'Public suffix',
    message: '"{host}" is a public suffix, under which anybody can register a name',
    hint: 'Name the host below it that is yours, for example https://api.{host}',
  },
  'domain-canonical': {
    title: 'Not in canonical form',
    message: '"{origin}" is not in canonical form',
    hint: 'Write {canonical}',
  },
  'name-alike': {
    title: 'A name that others have too',
    message: '"{name}" can be taken for the name of {others}',
    hint: 'Where they are not the same, rename one of them, or mark one that is given up. Of this one: {commands}',
  },
  'domain-lookalike': {
    title: 'A host name that looks like another',
    message: '"{origin}" reads "{unicode}", which can be taken for {looksLike}',
    hint: 'Make sure that it is the host that you mean.',
  },
  'domain-suffix-unknown': {
    title: 'A host name under a suffix that no registry lists',
    message: '"{origin}" ends in .{suffix}, under which no registry gives names',
    hint: 'Check the spelling of its end.',
  },
  'date-invalid': {
    title: 'A date that is in no calendar',
    message: '"{value}" is no date',
    hint: 'Check the month and the day.',
  },
  'github-id-duplicate': {
    title: 'One GitHub account, two people',
    message: '{login} and {other} have the same githubId {githubId}',
    hint: 'Each GitHub account has one file; the id is on https://api.github.com/users/{login}',
  },
  'login-taken': {
    title: 'A login that somebody else has',
    message: '{login} is the login, or a former login, of {other} too; GitHub ignores letter case',
    hint: 'A login stands for one account: remove it from one of the two.',
  },
  'person-left': {
    title: 'A person who has left',
    message: '{login} left on {left} and holds no rights; still {role}',
    hint: 'Remove the role.',
  },
  'language-unknown': {
    title: 'A language that the platform does not have',
    message: '"{language}" is none of the languages of platform.yaml ({languages}), so nobody is shown it',
    hint: 'Add it to platform.yaml, or remove it here.',
  },
  'language-fallback-missing': {
    title: 'No text in the fallback language',
    message: '{field} has no text in {language}, the fallback language',
    hint: 'Add {language}.',
  },
  'strings-incomplete': {
    title: 'Texts that are not translated',
    message: '{language} lacks {count} of the {total} texts of {fallback}, the first {example}',
    hint: 'See which: npx miniapp language check {miniapp}',
  },
  'version-order': {
    title: 'Version numbers out of order',
    message: '{version} was uploaded {time}, after {other} although it is lower',
    hint: 'A new version is higher than every one uploaded before.',
  },
  'package-unproven': {
    title: 'No digest',
    message: '{version} has no package, so nobody can prove what was uploaded',
    hint: 'Upload with npx miniapp upload, which records it.',
  },
  'link-template': {
    title: 'A link template that cannot be filled',
    message: 'the template {field} {detail}',
    hint: 'Variables: scheme, miniapp, version, page, query and url ({url} not in url itself), as in RFC 6570',
  },
  'link-scheme': {
    title: 'A scheme that links write otherwise',
    message:
      'links of {app} begin with {written}: and not with {scheme}:, so they do not open it: {plain} writes + as %2B',
    hint: 'Write {reserved} where a template of platform.yaml begins with {plain}',
  },
  'archived-in-use': {
    title: 'Given up, and still in use',
    message: '{miniapp} is archived, but {version} is still online, tried or under review',
    hint: 'First: {command}. Or take the miniapp up again: npx miniapp edit {miniapp} --unarchive',
  },
  'scenario-broken': {
    title: 'A promise that does not hold',
    message: '"{name}" expects {expected}, but the answer is {actual}',
    hint: 'See why: {command}. Where the promise is to change with this step, say so in the same change: publish, rollback, revoke, rollout, experience, trafficking and whitelist do it with --update-scenarios; else first scenario add or scenario remove, by an admin or developer of the miniapp',
  },
  'scenario-suspended': {
    title: 'A promise that waits',
    message: '"{name}" waits: for now the answer is {actual}',
    hint: 'A stop, a revoked approval and the end of a whitelist row let promises wait. What can be done: npx miniapp show {miniapp}',
  },
} as const;
