/** English: what is said of projects and their packages, and of an upload. */
export const projects = {
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
    hint: 'A page is letters, digits, hyphen, underscore and dot between slashes, at most 256 characters.',
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
    hint: 'Split it into changes of fewer versions each.',
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
    message: 'not every route is written out here, so none of its pages is recorded',
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
    message: 'the address used by {api} here only shows when the code runs',
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
    message: '{version} needs {needs}; {app} {versions} cannot run that{users}, and can run {online}, which is online',
    hint: 'Lower baseversion or the kits in project.tuya.json, or roll it out knowing that.',
  },
} as const;
