/**
 * English: what a resolution answers, why, and what to do. Apart from the problems, because the portal's pages load these sentences and
 * not those.
 */
import type { Sentences } from '../sentences.ts';

export const resolution = {
  outcomes: {
    'unknown-miniapp': {
      title: 'Unknown miniapp',
      message: 'There is no miniapp "{miniapp}"',
      cause: 'The id is mistyped, or the miniapp is not on this platform.',
    },
    'unknown-app': {
      title: 'Unknown app',
      message: 'There is no app "{app}"',
      cause: 'The app is not registered on this platform.',
    },
    'unknown-region': {
      title: 'Unknown region',
      message: 'The app "{app}" does not serve the region "{region}"',
      cause: "The region is not one of the app's regions.",
    },
    'unknown-app-version': {
      title: 'Unknown app version',
      message: 'The app "{app}" lists no version "{appVersion}"',
      cause: 'The runtimes of the app do not name the version, so nobody can tell what it runs.',
    },
    'device-required': {
      title: 'Device required',
      message: 'A panel needs a device to open',
      cause: 'The experience QR code of a panel miniapp carries no device id.',
    },
    'app-not-associated': {
      title: 'Not delivered to this app',
      message: 'Mini Program has not been associated with an App',
      cause: 'No trafficking row names the app with the region.',
    },
    'no-online-version': {
      title: 'No online version',
      message: 'The Mini Program has no available version',
      cause: 'No version has been published.',
    },
    'no-permission': {
      title: 'Not whitelisted',
      message: 'No permission to access this version',
      cause: 'Only the experience version exists, and the account is not on its whitelist.',
    },
    'no-experience-version': {
      title: 'No experience version',
      message: 'The Mini Program has no available trial version',
      cause: 'Neither an experience version nor an online version is set.',
    },
    'service-disabled': {
      title: 'Service disabled',
      message: 'The Mini Program is out of service',
      cause: 'The online version has been disabled.',
    },
    'host-incompatible': {
      title: 'App version too old or too new',
      message: 'This version of the app cannot run the Mini Program; another version of the app can be needed',
      cause: 'The version that would open needs a base library or kits that this version of the app does not hold.',
    },
    'page-not-found': {
      title: 'Page not found',
      message: 'The page "{page}" does not exist in version {version}',
      cause: 'The version that opens does not list this page.',
    },
  },
  fixes: {
    'find-miniapp': 'List the miniapps and take the id from there',
    'find-app': 'Use one of the apps in apps/: {apps}',
    'find-region': 'Use a region that the app serves: {regions}',
    'serve-region': 'Let the app serve the region: add it to regions in apps/{app}.yaml',
    'find-app-version': 'Use a version that runtimes in apps/{app}.yaml lists: {versions}; or list it there',
    'update-app':
      '{version} needs {needs}, and this version of the app has {has}. The lowest version of {app} that is listed and runs it: {lowest}',
    'upload-lower': 'Or upload a version that needs less: {needs} is not there in this version of the app',
    'upload-lower-none':
      '{version} needs {needs}, and this version of the app has {has}; no listed version of {app} runs it. Upload a version that needs less, or list a newer version of the app in apps/{app}.yaml',
    'give-device': 'Carry a device id, real or virtual',
    deliver: 'Deliver the miniapp to {app} in {region}: a row in miniapps/{miniapp}/trafficking.yaml',
    whitelist: 'Put the account on the whitelist of {app}: a row in miniapps/{miniapp}/whitelist.yaml',
    publish: 'Publish {version}, which is approved: online in miniapps/{miniapp}/release.yaml',
    rollback: 'Roll back to {version}, which was online before: online in miniapps/{miniapp}/release.yaml',
    approve: 'Have {version} approved, which is under review: miniapps/{miniapp}/versions/{version}.yaml',
    submit: 'Submit {version} for review: miniapps/{miniapp}/versions/{version}.yaml',
    upload: 'Upload a version: a new file in miniapps/{miniapp}/versions/',
    'upload-corrected':
      'Upload a corrected version, with a higher number: {version} was rejected, and no version changes',
    'upload-recorded':
      'Upload it again, with a higher number: the file of {version} records no package, without which it is not reviewed or published',
    'push-package': 'Bring the bytes of {version}, without which it is not reviewed or published',
    'set-experience': 'Make {version} the experience version: experience in miniapps/{miniapp}/release.yaml',
    unarchive: 'Take the miniapp up again, which is archived: archived in miniapps/{miniapp}/miniapp.yaml',
    enable: 'Enable the service again: online.enabled in miniapps/{miniapp}/release.yaml',
    'other-page': 'Open a page that the version lists, for example {page}',
    'upload-page': 'Upload a version that has the page "{page}"',
  },
  andBreaks: '{text}. {breaks}',
  promises: {
    changed: 'It breaks what was promised: {names}. --update-scenarios changes that with this step.',
    wide: 'Wide enough, it breaks what was promised: {names}. --update-scenarios changes what it breaks with this step.',
    first: 'It breaks what was promised: {names}. That has to change first, by scenario add or scenario remove.',
  },
  trace: {
    'unknown-miniapp': { yes: 'no miniapp {miniapp}', no: 'the miniapp {miniapp} exists' },
    'unknown-app': { yes: 'no app {app}', no: 'the app {app} exists' },
    'unknown-region': { yes: '{app} does not serve {region}', no: '{app} serves {region}' },
    'unknown-app-version': { yes: '{app} lists no version {appVersion}', no: '{app} lists its version {appVersion}' },
    'device-required': { yes: 'a panel, its experience code, no device', no: 'no device is missing' },
    'opens-experience': {
      yes: 'experience code, experience version {experience}, whitelisted, {delivery}',
      no: 'not the experience version: {reason}',
    },
    'app-not-associated': { yes: 'not delivered to {app} in {region}', no: '{delivery}' },
    'no-online-version': {
      yes: 'no version is online, and a normal link was opened',
      no: 'a version is online, or the experience code was scanned',
    },
    'no-permission': {
      yes: 'no version is online, and the experience version {experience} is not for this account',
      no: 'a version is online, or no experience version is set',
    },
    'no-experience-version': {
      yes: 'no version is online, and no experience version is set',
      no: 'the online version is {online}',
    },
    'service-disabled': {
      yes: 'the online version {online} is disabled',
      no: 'the online version {online} is enabled',
    },
    'opens-rollout': {
      yes: '{version} is rolled out to {percent} %, and opens: {reason}',
      no: '{version} is rolled out to {percent} %, and does not open: {reason}',
    },
    'opens-online': { yes: 'the online version {online} opens', no: '' },
    'opens-fitting': {
      yes: '{version} does not run in {app} {appVersion} ({reason}); {fitting}, which was online before, does and opens',
      no: '{version} does not run in {app} {appVersion}, and no version that was online before does',
    },
    'host-incompatible': {
      yes: '{version} does not run in {app} {appVersion}: {reason}',
      no: '{version} runs in {app} {appVersion}',
    },
    'page-not-found': { yes: '{version} does not list {page}', no: '{version} has {page}' },
  },
  reasons: {
    'normal-link': 'a normal link was opened',
    'none-set': 'none is set',
    'not-whitelisted': 'the account is not on the whitelist of {app}',
    expired: 'the whitelist row of the account ended on {expires}',
    'no-account': 'no account was given',
    'no-delivery': 'not delivered to {app} in {region}, which is not the default app',
    delivered: 'delivered to {app} in {region}',
    'panel-delivered': 'a panel counts as delivered to every app',
    'default-app': '{app} is the default app',
    'not-covered': 'not in {app} in {region}',
    'not-in': 'the account is not in that part',
    in: 'the account is in that part',
    'only-digest': 'only a digest of the account is known, which does not tell',
    'host-lacks': 'it needs {needs}, and that has {has}',
  },
} as const;

/** What it says, in any language. */
export type ResolutionMessages = Sentences<typeof resolution>;
