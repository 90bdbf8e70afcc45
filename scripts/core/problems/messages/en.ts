/**
 * English: every sentence about a configuration, an outcome or a fix. `{name}` stands for an argument.
 * Long on purpose: this file and `resolution/` are all that a translator of a language reads and writes.
 * This file is the source of the arguments' types; `zh.ts` has the same keys and the same arguments.
 */
import { en as resolution, type Sentences } from './resolution/en.ts';

export const en = {
  ...resolution,
  problems: {
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
    'field-missing': {
      title: 'A required field is missing',
      message: '"{field}" is missing ({description})',
      hint: 'Add it, for example {example}',
    },
    'field-unknown': {
      title: 'An unknown field',
      message: '"{field}" is no field here',
      hint: '{near}',
    },
    'field-type': {
      title: 'A value of the wrong type',
      message: '{field} is {actual}; it must be {expected}',
      hint: '{hint}',
    },
    'field-value': {
      title: 'A value that is none of the allowed ones',
      message: '{field} is {actual}; it must be one of {expected}',
      hint: '{near}',
    },
    'field-pattern': {
      title: 'A value of the wrong form',
      message: '{field} is {actual}; expected: {description}',
      hint: '{next}',
    },
    'field-limit': {
      title: 'Too long, too short, too many or too few',
      message: '{field} {limit}',
      hint: '{description}, for example {example}',
    },
    'field-not-allowed': {
      title: 'A field that does not go with the others',
      message: '"{field}" does not go with the other fields here',
      hint: 'Remove it. {description}',
    },
    'list-duplicate': {
      title: 'The same entry twice',
      message: '{field} has the same entry twice: number {first} and number {second}',
      hint: 'Keep one of the two.',
    },
    'identity-mismatch': {
      title: 'Path is identity',
      message: '{field} is "{actual}", but the path says "{expected}"',
      hint: 'Write "{expected}" here, or move the file to {path}',
    },
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
      hint: 'Let the tool make one, and turn what is there: npx miniapp accounts migrate',
    },
    'account-plain': {
      title: 'An account that everybody can read',
      message: 'the account {account} stands here as it is; platform.yaml says accounts: digest',
      hint: 'Turn it: npx miniapp accounts migrate --miniapp {miniapp}. What was pushed stays readable in history and pull requests: .github/SETUP.md, "Erasing an account", says what to do.',
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
      hint: 'Where they are not the same, call one of them something else. Where one is given up: npx miniapp edit ID --archive',
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
    'project-none': {
      title: 'No miniapp project',
      message: 'this folder is no miniapp project: {what}',
      hint: 'Name the folder that holds app.json, or project.tuya.json.',
    },
    'project-json': {
      title: 'Not valid JSON',
      message: 'not valid JSON: {detail}',
      hint: 'Correct it here; comments and trailing commas are fine.',
    },
    'project-script': {
      title: 'A script that cannot be read',
      message: 'the script cannot be read: {detail}',
      hint: 'Correct it here: it says which pages there are.',
    },
    'project-field': {
      title: 'A setting of a project that cannot be used',
      message: '{field} is {actual}; it must be {expected}',
      hint: 'Correct it here.',
    },
    'project-root-outside': {
      title: 'A folder outside the project',
      message: '{field} is "{folder}", which is outside the project; nothing outside it is read',
      hint: 'Name a folder of the project, or upload the folder that holds both.',
    },
    'project-root-empty': {
      title: 'No app.json where the project says',
      message: 'the miniapp is to be in "{folder}", but {what}',
      hint: 'Build the project first, or correct the folder.',
    },
    'project-pages-none': {
      title: 'No pages',
      message: 'app.json lists no page',
      hint: 'List its pages, for example pages/index/index',
    },
    'project-page-form': {
      title: 'Not a page',
      message: '"{page}" is no path of a page',
      hint: 'A page is letters, digits, hyphen, underscore and dot between slashes, at most 256.',
    },
    'project-page-missing': {
      title: 'A page without files',
      message: 'the page {page} is listed, but there is no file {file}',
      hint: 'Add the page, or take it out of the list.',
    },
    'project-name': {
      title: 'A name that no file of a package can have',
      message: '"{name}": names are UTF-8, without control characters and backslash, and no two the same',
      hint: 'Rename it, or move it out of the project.',
    },
    'project-limit': {
      title: 'Too much for a package',
      message: '{actual} {what}; at most {limit} are possible',
      hint: 'Move what is no part of the miniapp out of this folder.',
    },
    'project-component-missing': {
      title: 'A component that is not there',
      message: '{component} is used as <{name}>, and there is no {file}',
      hint: 'Add the component, or take it out of usingComponents.',
    },
    'package-file-foreign': {
      title: 'A file that is no part of a package',
      message: '"{file}" is kept with the package, and is no part of what the project is',
      hint: 'Upload it with npx miniapp upload, which leaves out what does not belong.',
    },
    'package-name': {
      title: 'A name that Git does not take',
      message: '"{name}" cannot be kept: {why}',
      hint: 'Rename it, or move it out of the project.',
    },
    'package-secret': {
      title: 'A secret in a package',
      message: '"{file}" holds {what}; whoever gets the package can read it',
      hint: 'Take it out, and make it worthless where it was seen. If it is no secret: --allow {word}',
    },
    'packages-too-many': {
      title: 'Too many versions in one change',
      message:
        'this change rests on {bytes} bytes of {count} versions; at most {most} bytes of {limit} versions are looked into at once',
      hint: 'Part it into changes of fewer versions each.',
    },
    'package-refused': {
      title: 'A package that cannot be taken',
      message: 'the package of {version} is refused: {what}',
      hint: 'Upload it with npx miniapp upload, from the folder of the project.',
    },
    'package-differs': {
      title: 'A version that is not what its bytes give',
      message: '{field} of {version} is recorded as {recorded}, and its bytes give {found}',
      hint: 'Upload what is meant with npx miniapp upload, as the tool of the default branch has it; on the default branch already, under a new number.',
    },
    'package-missing': {
      title: 'A version without its bytes',
      message: 'the bytes of {version} are not in {where}',
      hint: 'Whoever has them brings them: {command}',
    },
    'package-unreachable': {
      title: 'Bytes that cannot be read',
      message: 'the bytes of {version} cannot be read from {where}: {why}',
      hint: 'Push them where they can be read: {command}',
    },
    'upload-config-missing': {
      title: 'No project.tuya.json',
      message: 'there is no project.tuya.json, so base library and kits are not recorded',
      hint: 'Add it, with baseversion and dependencies.',
    },
    'upload-version-form': {
      title: 'A version that cannot be recorded',
      message: '{field} is {actual}, which is no version MAJOR.MINOR.PATCH; it is not recorded',
      hint: 'Write it as 2.14.2',
    },
    'upload-not-built': {
      title: 'Sources that are not built',
      message: 'Ray has not built this project ({folder} holds no app.json), so its sources are recorded',
      hint: 'Build it first, so that what is recorded is what phones get.',
    },
    'upload-routes-open': {
      title: 'Routes that are not written out',
      message: 'not every route is written out here, so some pages are not recorded',
      hint: 'Write the routes as a list, or build the project first.',
    },
    'upload-page-twice': {
      title: 'A page listed twice',
      message: 'the page {page} is listed twice',
      hint: 'Keep one of the two.',
    },
    'upload-page-half': {
      title: 'Half a page',
      message: 'the page {page} has no {what}',
      hint: 'Add it, or take the page out of the list.',
    },
    'upload-left-out': {
      title: 'Left out of the package',
      message: '"{file}" is {what}; it is left out, and where it leads is not read',
      hint: 'Put the file itself there if the miniapp needs it.',
    },
    'upload-unread': {
      title: 'Not searched for addresses',
      message: '"{file}" is not searched for addresses: {detail}',
      hint: 'Look through it by hand.',
    },
    'upload-unresolved': {
      title: 'An address that only shows when it runs',
      message: 'what {api} calls here only shows when the code runs',
      hint: 'Make sure that domains.yaml allows it.',
    },
    'upload-unnamed': {
      title: 'An API whose name is not known',
      message:
        "a function of the vendor's API is called here whose name only shows when the code runs; the version counts as using any of them (ty.*)",
      hint: 'Write its name out, as ty.getLocation(…), if reviewers are to see which it is.',
    },
    'upload-budget': {
      title: 'More than can be followed',
      message:
        'this code needs more steps to follow than one upload takes; addresses that are written out are found, others may be missing',
      hint: 'Look through what is put together from many parts by hand; files of libraries that are not used may be taken out.',
    },
    'upload-unfollowed': {
      title: 'Not followed from other files',
      message:
        '"{file}" is searched, but what it gives to other files is not followed: at most {limit} bytes of code are kept',
      hint: 'Take libraries that are not used out, or write addresses out where they are called.',
    },
    'upload-not-packaged': {
      title: 'Called by what is not in the package',
      message:
        'with what stands outside the package (sources, tsconfig.json), {origins} is called; the package alone does not say so, and its version file records what it says',
      hint: 'Build anew if what is built is older than its sources, and upload again.',
    },
    'upload-lfs': {
      title: 'A pointer in place of a file',
      message: '"{file}" is a pointer of Git LFS, not the file that it stands for; phones would get the pointer',
      hint: 'Fetch the files, then upload: git lfs pull',
    },
    'upload-build-mark': {
      title: 'A mark that each build writes anew',
      message: '"{file}" holds when it was built, so two builds of the same sources have different digests',
      hint: 'Delete it before the upload: nothing that runs reads it.',
    },
    'upload-build-path': {
      title: 'A path of the machine that built it',
      message: 'this file names {path}, a folder of the machine that built it, so a build elsewhere has another digest',
      hint: 'Build with relative paths (as webpack’s output.devtoolModuleFilenameTemplate, or a fixed folder), or take source maps out.',
    },
    'upload-inline-map': {
      title: 'A source map inside code',
      message: 'this file holds its source map, {bytes} bytes that phones get too and that change with every path',
      hint: 'Build without inline source maps (devtool: false, sourcemap: false).',
    },
    'upload-more': {
      title: 'More warnings than can be listed',
      message: '{count} warnings more of the kind {kind}',
      hint: 'Look at the first ones; most of the rest are likely the same.',
    },
    'upload-origin': {
      title: 'Code that calls what is not allowed',
      message: '{origin} is used by {api}, and domains.yaml does not allow it in {regions}{more}',
      hint: 'Allow it: {command}',
    },
    'upload-refused': {
      title: 'Code that calls what can never be allowed',
      message: '{what} is used by {api}, and no setting can allow it: {why}{more}',
      hint: 'Call an https host by its name.',
    },
    'upload-cloud': {
      title: 'Code that calls a cloud API that is not allowed',
      message: 'the cloud API {name} is called, which domains.yaml does not allow{more}',
      hint: 'Allow it: {command}',
    },
    'upload-shuts-out': {
      title: 'App versions that it shuts out',
      message:
        '{version} needs {needs}; {app} {versions} cannot run that{users}, and can run {online}, which is online',
      hint: 'Lower baseversion or the kits in project.tuya.json, or roll it out knowing that.',
    },
    'merge-conflict': {
      title: 'Does not merge cleanly',
      message: '{file} was changed on both sides, and Git cannot merge it',
      hint: 'Bring your branch up to date: git merge {base}, and resolve the conflict.',
    },
    'change-too-large': {
      title: 'A change of too many files',
      message:
        'more than {most} files are changed, {file} among them, or its folders unfold to more; that is not judged',
      hint: 'Remove what does not belong in it, or split it into several pull requests.',
    },
    'file-moved': {
      title: 'Lands in another file',
      message:
        'Git takes {to} for {from} under another name, so merging would change {to} by what was made elsewhere and nobody looked at here',
      hint: 'The file moved on {base}: update the branch. Begin it anew from {base}, and make the change there where it is meant.',
    },
    'merges-too-many': {
      title: 'A branch of too many merges',
      message: 'the branch holds more than {most} merges, which may have moved anything; that is not judged',
      hint: 'Make one commit of it on {base} as it is now: git rebase {base}, or git merge --squash.',
    },
    'change-mixed': {
      title: 'Configuration together with code',
      message: '{file} is changed together with config/, which is judged by what stands there now',
      hint: 'Make two pull requests, one for config/ and one for the rest.',
    },
    'version-altered': {
      title: 'An uploaded version altered',
      message: '{field} of {version} is changed; what was uploaded never changes, only its review does',
      hint: 'Restore the file, and upload a new version instead.',
    },
    'version-born-reviewed': {
      title: 'A version that begins with a review',
      message: '{version} is new and already {status}',
      hint: 'Upload it without review, or with the review status pending, submitted by you.',
    },
    'version-not-higher': {
      title: 'A version number that is not higher',
      message: '{version} is not higher than {highest}, which was uploaded before',
      hint: 'Give it a number above {highest}, also when that one was deleted.',
    },
    'step-unknown': {
      title: 'A step that a review does not take',
      message: '{version} goes from {from} to {to}, which is no step of a review',
      hint: 'From {from} it may go: {allowed}',
    },
    'release-unexplained': {
      title: 'A release that no step gives',
      message: '{field} is {actual}, which no step gives; after the steps of this change it would be {expected}',
      hint: 'Let npx miniapp publish, rollback, enable, disable or experience write it.',
    },
    'rollout-narrowed': {
      title: 'A rollout that takes something back',
      message: '{field} of the rollout of {version} goes from {from} to {to}; a rollout only widens',
      hint: 'Stop it, then start it again as it is to be: npx miniapp rollout stop {miniapp}',
    },
    'rollout-alone': {
      title: 'A rollout without an online version',
      message: '{version} is rolled out, and nothing is online that the others get',
      hint: 'Publish it instead: the first version goes to everybody. Or remove rollout.',
    },
    'rollout-reaches-nobody': {
      title: 'A rollout that reaches nobody',
      message: 'nobody gets {version}: the miniapp is not delivered to any app and region that the rollout covers',
      hint: 'Name apps and regions where the miniapp is delivered, or deliver it there: npx miniapp trafficking add {miniapp} --app {app} --region {region}',
    },
    'rollout-percent': {
      title: 'A part that is finer than accounts are divided',
      message: '{percent} percent has more than two decimals',
      hint: 'Write {rounded}',
    },
    'release-sequence': {
      title: 'A number that does not follow',
      message: 'sequence was {before} and is {actual}; with what this change serves otherwise ({why}) it is {expected}',
      hint: 'Devices go by it: each change of what is served raises it by one, and nothing else does. npx miniapp publish, rollback, rollout, enable and disable write it. Where another change came first, take the step again.',
    },
    'delete-refused': {
      title: 'A version that cannot be deleted',
      message: '{version} is {what}; only a development version that is not the experience version can be deleted',
      hint: 'Restore the file.',
    },
    'miniapp-removed': {
      title: 'A miniapp removed',
      message: '{miniapp} is gone; a miniapp is never deleted, so that its id and history keep their meaning',
      hint: 'Restore the folder. To stop its service: npx miniapp disable {miniapp}',
    },
    'miniapp-id-used': {
      title: 'An id that was used before',
      message: '{miniapp} was the id of a miniapp before; ids are never used again',
      hint: 'Let npx miniapp create give you a new one.',
    },
    'create-without-admin': {
      title: 'A new miniapp without its creator',
      message: '{actor} creates {miniapp} and is no admin of it',
      hint: 'Add {actor} with role: admin to its members.yaml.',
    },
    'create-released': {
      title: 'A new miniapp that is already released',
      message: '{miniapp} is new and has {what}',
      hint: 'Create it first; submit and publish afterwards.',
    },
    'type-changed': {
      title: 'Type changed',
      message: 'the type goes from {before} to {after}; it never changes',
      hint: 'Restore it, and create another miniapp for the other type.',
    },
    'stamp-wrong': {
      title: 'Signed by somebody else',
      message: '{field} is {actual}; it must be {expected}',
      hint: 'Write {expected}, or let that person do it.',
    },
    'actor-unknown': {
      title: 'Somebody who is not in people/',
      message: '{actor} is not in people/ of the base branch, or has left',
      hint: 'Changes are made by people of the platform. {next}',
    },
    'actor-not-allowed': {
      title: 'Not allowed',
      message: '{actor} may not {what}; that is for {roles}',
      hint: 'Ask one of them to do or approve it: {holders}',
    },
    'two-steps': {
      title: 'Two steps of one version at once',
      message: '{version} takes the steps {first} and {second} in one change',
      hint: 'Make one change of each.',
    },
    'auto-approve-refused': {
      title: 'Not approved automatically',
      message: '{version} cannot be approved automatically: {why}',
      hint: 'Let a reviewer approve it.',
    },
    'step-not-now': {
      title: 'A step that is not possible now',
      message: 'the step {step} is not possible: {state}',
      hint: 'Possible now: {possible}',
    },
    'already-there': {
      title: 'Something of that name is there already',
      message: 'there is a {kind} {name} already, and it says something else',
      hint: 'To change it: {command}',
    },
    'people-removed': {
      title: 'Many people removed at once',
      message: '{count} of {total} people are removed or become other accounts, more than a fifth',
      hint: 'Do it in several changes, so that each is looked at.',
    },
    'beginning-added': {
      title: 'A beginning that comes too late',
      message:
        'beginning is set where a configuration stands already; what happened before it would never be judged again',
      hint: 'Remove the line. Only the first commit of a platform of its own sets it, made on the default branch: npx miniapp init --commit',
    },
    'beginning-changed': {
      title: 'The beginning never changes',
      message:
        'beginning was {before}; the audit counts from the commit that brought it, so it never changes and is never removed',
      hint: 'Write beginning: {before} again.',
    },
    'owner-last': {
      title: 'No owner left',
      message: 'after this change nobody is an owner of the platform',
      hint: 'Make somebody else an owner first.',
    },
    'report-month': {
      title: 'A day of another month',
      message: '{date} is not in {month}',
      hint: 'Move the row to reports/{right}.yaml',
    },
    'report-figures': {
      title: 'Figures that contradict each other',
      message: '{smaller} is {smallerValue}, more than the {largerValue} of {larger}',
      hint: 'Check the figures of this day.',
    },
    'table-unreadable': {
      title: 'A table that cannot be read',
      message: 'not a table that can be read: {detail}',
      hint: 'Correct it here; in a CSV what holds commas, quotes or line ends stands in quotes.',
    },
    'table-empty': {
      title: 'A file without entries',
      message: 'the file has no entries',
      hint: 'It needs at least one entry. {expected}',
    },
    'table-column': {
      title: 'A column that is missing or not known',
      message: 'the columns or fields do not fit: {what}',
      hint: 'Correct the names. {near}',
    },
    'table-cells': {
      title: 'A row of another length',
      message: 'the row has {cells} cells, the head has {columns}',
      hint: 'Put quotes around a text that holds a comma.',
    },
    'table-value': {
      title: 'A value that cannot be taken',
      message: '{field} is {actual}; it must be {expected}',
      hint: 'Correct it. {next}',
    },
    'table-row-twice': {
      title: 'The same row twice',
      message: '{what} is on line {line} already',
      hint: 'Keep one of the two.',
    },
    'import-differs': {
      title: 'Both sides say something',
      message: '{what} is {have} there and {given} here',
      hint: 'To take what the file says: {option}',
    },
  },
  advice: {
    'write-canonical': 'Write {canonical}',
    'for-example': 'For example {example}',
    'add-person': 'An owner adds them first: npx miniapp person add {actor} --github-id NUMBER --name NAME',
    'ask-who-is-here': '{actor} left on {left}; let somebody else make it.',
    'act-as': '{actor} is {now} here; act under that login.',
  },
  requests: {
    settings: {
      server: 'Developer Platform - Development Settings - Multi-zone Server Domain Name',
      static: 'Developer Platform - Development Settings - Multi-zone Static Resources',
      cloud: 'Developer Platform - Development Settings - Cloud Capability',
    },
    answers: {
      'origin-listed': '{call} may call {origin} in {region}',
      'cloud-listed': 'ty.requestCloud() may call {name}',
      'unknown-miniapp': 'There is no miniapp "{miniapp}"',
      'unknown-region': 'The platform has no region "{region}"; it has {regions}',
      'not-a-url': '"{url}" is no absolute URL, so it names no server',
      'not-https': '"{url}" goes over {scheme}; only https may be called',
      'port-not-allowed': '{origin} has a port; only the one of https, 443, may be called',
      'host-not-allowed': 'No setting can allow it: {why}',
      'origin-not-listed': '{origin} is not listed for {call} in {region}',
      'cloud-not-listed': '{name} is not listed for ty.requestCloud()',
      'not-a-cloud-name': '"{name}" is no name of a cloud API',
    },
    fixes: {
      'find-miniapp': 'List the miniapps and take the id from there',
      'find-region': 'Ask for a region of the platform: {near}',
      'list-origin': 'List {origin} for {call} in {region}: {field} in {file}',
      'list-cloud': 'List {name}: {field} in {file}',
      'use-https': 'Call {url} instead, if the server answers there',
      'use-default-port': 'Let the server answer at {url}, without a port',
      'see-listed': 'See which origins may be called. {hint}',
      'see-cloud': 'See which names are listed; a name has letters, digits, dots, hyphens and underscores',
    },
  },
} as const;

/** What `en` says, in any language. */
export type Messages = Sentences<typeof en>;
