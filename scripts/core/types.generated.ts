/** Generated from schemas/ by `npm run generate`; do not edit. */

/**
 * A host app id: lower-case letters, digits, hyphen, underscore
 */
export type AppId = string;
/**
 * holds at least one visible character; letters and symbols that show nothing (U+3164, U+2800, …) are none
 */
export type Visible = string;
/**
 * one line, without control or bidirectional-override characters
 */
export type Plain = string;
export type Name = string;
/**
 * A region id of platform.yaml: letters, digits, hyphen, underscore, at most 32
 */
export type RegionId = string;
/**
 * A GitHub login: letters, digits and single hyphens, at most 39
 */
export type Login = string;
/**
 * A version number MAJOR.MINOR.PATCH, without leading zeros
 */
export type VersionNumber = string;
/**
 * Origins: https:// and a host name in canonical lower case
 *
 * @maxItems 200
 *
 * Items: An https origin
 */
export type Origins = string[];
/**
 * A miniapp id: 8 to 32 lower-case letters and digits; never changed, never reused
 */
export type MiniappId = string;
export type Text = string;
/**
 * GitHub's numeric user id; identity follows it when a login is renamed
 */
export type GithubId = number;
/**
 * A date YYYY-MM-DD
 */
export type Day = string;
/**
 * A name, the same in every language or one per language
 */
export type Label = (Visible & Plain & Name) | Names;
/**
 * A BCP 47 language tag: language, then script, region and variants if they matter
 */
export type Language = string;
/**
 * An app account in canonical form: an e-mail in lower case, a phone number in E.164 form (+ and digits), a user id, or a digest as npx miniapp accounts hash makes it
 */
export type Account = string;
/**
 * A page path without a leading slash: letters, digits, hyphen, underscore and dot between slashes
 */
export type Page = string;
/**
 * A device id: letters, digits, hyphen, underscore, at most 64; a virtual one starts with vdevo
 */
export type Device = string;
/**
 * A UTC time YYYY-MM-DDThh:mm:ssZ, the seconds optional
 */
export type Time = string;
/**
 * A date YYYY-MM-DD (through the end of that day, UTC) or a UTC time YYYY-MM-DDThh:mm:ssZ, the seconds optional
 */
export type Expiry = string;

export interface Everything {
  app?: App;
  domains?: Domains;
  languages?: Languages;
  members?: Members;
  miniapp?: MiniappBasics;
  person?: Person;
  platform?: Platform;
  policy?: Policy;
  release?: Release;
  report?: Report;
  scenarios?: Scenarios;
  trafficking?: Trafficking;
  version?: Version;
  whitelist?: Whitelist;
}
/**
 * config/apps/<app>.yaml: a host app that can open miniapps
 */
export interface App {
  id: AppId;
  name: Names;
  /**
   * The regions that the app serves
   *
   * @minItems 1
   * @maxItems 100
   */
  regions: RegionId[];
  /**
   * The URL scheme that opens the app: a letter, then letters, digits, +, - or dot; none that a browser opens itself, such as http, file or javascript
   */
  scheme: string;
  /**
   * true on exactly one app, which opens the experience version for whitelisted accounts without delivery
   */
  default?: boolean;
  /**
   * People whose consent a new delivery to this app needs
   *
   * @minItems 1
   * @maxItems 50
   */
  managers?: Login[];
  /**
   * What the versions of the app can run; absent: everything opens in every version
   *
   * @minItems 1
   * @maxItems 1000
   *
   * Items: What one version of the app can run
   */
  runtimes?: {
    appVersion: VersionNumber;
    baseLibrary: VersionNumber;
    /**
     * The kits that it holds
     */
    kits?: {
      [k: string]: VersionNumber;
    };
    /**
     * The part of the app's users who have it, in percent; all together at most 100
     */
    share?: number;
  }[];
}
/**
 * A name per language
 */
export interface Names {
  /**
   * A name for people: one line, not blank, at most 80 characters
   */
  [k: string]: Visible & Plain & Name;
}
/**
 * config/miniapps/<id>/domains.yaml: which servers and cloud APIs the miniapp may call
 */
export interface Domains {
  domains?: AllowedOrigins;
  /**
   * The API names that ty.requestCloud() may call
   *
   * @minItems 0
   * @maxItems 500
   *
   * Items: The name of a cloud API: letters, digits, dot, hyphen and underscore
   */
  cloud?: string[];
}
/**
 * Which servers, per region
 */
export interface AllowedOrigins {
  request?: Zones;
  upload?: Zones;
  download?: Zones;
  static?: Zones;
}
/**
 * Origins per region
 */
export interface Zones {
  [k: string]: Origins;
}
/**
 * config/miniapps/<id>/languages.yaml: the texts that the miniapp shows
 */
export interface Languages {
  /**
   * Language, key, text
   */
  strings: {
    /**
     * Key and text
     */
    [k: string]: {
      /**
       * A text: not blank, without control (line ends apart) or bidirectional-override characters
       */
      [k: string]: Visible;
    };
  };
}
/**
 * config/miniapps/<id>/members.yaml: who works on the miniapp
 */
export interface Members {
  /**
   * One row a person, at least one of them an admin
   *
   * @minItems 1
   * @maxItems 500
   */
  members: Member[];
}
/**
 * One member
 */
export interface Member {
  login: Login;
  /**
   * admin: everything of this miniapp; developer: versions and settings; operator: publishing and delivery; tester: sees it
   */
  role: 'admin' | 'developer' | 'operator' | 'tester';
}
/**
 * config/miniapps/<id>/miniapp.yaml: what a miniapp is
 */
export interface MiniappBasics {
  id: MiniappId;
  /**
   * smart: a miniapp of its own; panel: controls a device. Never changes
   */
  type: 'smart' | 'panel';
  name: Names;
  description?: Texts;
  /**
   * The image file beside this file: PNG, JPEG, WebP or SVG, 16 to 1024 pixels, at most 256 KB
   */
  avatar: string;
  /**
   * A name for people: one line, not blank, at most 80 characters
   */
  category?: Visible & Plain & Name;
  /**
   * Given up: not listed any more, and nothing of it is online, tried or under review. Absent: not
   */
  archived?: boolean;
}
/**
 * A text per language
 */
export interface Texts {
  /**
   * Text for people: one line, not blank, at most 1000 characters
   */
  [k: string]: Visible & Plain & Text;
}
/**
 * config/people/<login>.yaml: somebody who may act on this platform
 */
export interface Person {
  login: Login;
  githubId: GithubId;
  /**
   * A name for people: one line, not blank, at most 80 characters
   */
  name: Visible & Plain & Name;
  /**
   * Whether submissions of this person may be approved automatically
   */
  internal?: boolean;
  /**
   * Roles on the whole platform
   *
   * @minItems 1
   *
   * Items: owner: edits the platform; reviewer: approves versions
   */
  platformRoles?: ('owner' | 'reviewer')[];
  left?: Day;
  /**
   * Logins that the person had before
   *
   * @minItems 1
   * @maxItems 20
   */
  formerLogins?: Login[];
}
/**
 * config/platform.yaml: what holds for every app and every miniapp
 */
export interface Platform {
  name: Label;
  /**
   * The regions (data centres) that apps serve: id and label
   */
  regions: {
    [k: string]: Label;
  };
  /**
   * The categories that a miniapp may name, and what people read instead. Absent: any, shown as it stands
   */
  categories?: {
    [k: string]: Label;
  };
  /**
   * The languages of texts; the first is the fallback
   *
   * @minItems 1
   * @maxItems 50
   */
  languages: Language[];
  /**
   * What the links and QR codes hold
   */
  link: {
    /**
     * RFC 6570 template of a miniapp page, the value of {url} in the two others; variables: miniapp, version, page, query, scheme
     */
    url?: string;
    /**
     * RFC 6570 template of a normal link; variables: scheme, miniapp, version, page, query, url
     */
    link: string;
    /**
     * RFC 6570 template of an experience QR code; variables: scheme, miniapp, version, page, query, url
     */
    experience: string;
  };
  /**
   * The account that opens, stamps and merges pull requests
   */
  bot?: {
    /**
     * The login of the bot that carries transitions out: letters, digits and single hyphens, [bot] at the end if GitHub shows it
     */
    login: string;
    githubId: GithubId;
  };
  /**
   * How submissions are reviewed
   */
  review?: {
    /**
     * Automatic approval of internal submissions
     */
    automatic?: {
      /**
       * Whether submissions by internal people are approved automatically
       */
      enabled: boolean;
      /**
       * Minutes to wait after the submit merged
       */
      afterMinutes?: number;
    };
    /**
     * Hours within which a submission should be reviewed
     */
    slaHours?: number;
  };
  /**
   * What opens in an app version that cannot run the online version: nothing (exact, the default), or the newest version that was online before and fits (newest-fitting)
   */
  compatibility?: 'exact' | 'newest-fitting';
  /**
   * The portal
   */
  portal?: {
    /**
     * Where the portal is published: an http or https address without query or fragment
     */
    url?: string;
    /**
     * The GitHub repository that holds this configuration, for links: OWNER/NAME
     */
    repository?: string;
  };
  /**
   * How whitelists and scenarios hold accounts: plain (the default), or digest: keyed digests, of which nobody without the key learns an account. npx miniapp accounts migrate changes it
   */
  accounts?: 'plain' | 'digest';
  /**
   * With accounts: digest, the id of the key that makes them, as npx miniapp accounts show says it; the key itself is never in the repository
   */
  accountsKey?: string;
  /**
   * Where the history of this platform begins: an id that miniapp init writes, 8 to 64 lower-case letters, digits and hyphens. The audit counts from the first commit that holds it; it never changes
   */
  beginning?: string;
  /**
   * Commits that the audit names and lets pass, because an owner looked at them
   *
   * @maxItems 1000
   *
   * Items: A commit, and why it may stand
   */
  acknowledged?: {
    /**
     * The whole id of the commit, as git rev-parse prints it: 40 (or, by SHA-256, 64) digits and letters a to f
     */
    commit: string;
    /**
     * Text for people: one line, not blank, at most 1000 characters
     */
    reason: Visible & Plain & Text;
  }[];
  /**
   * Where the bytes of versions are kept, and that changes are judged by them. Without it upload keeps them in this repository and nothing is judged by its bytes
   */
  packages?: {
    /**
     * git (the default): branches packages/<id>/<version>; oci: a registry of containers; none: nowhere
     */
    store?: 'git' | 'oci' | 'none';
    /**
     * Whether a version without its bytes is refused, and not only warned of (the default)
     */
    required?: boolean;
    /**
     * Of the store git: another repository than this one
     */
    git?: {
      /**
       * The address of the repository that keeps them, as git clone takes it, without a password or token
       */
      remote: string;
    };
    /**
     * Of the store oci: which registry, and where in it
     */
    oci?: {
      /**
       * The host of the registry, with its port where it has one of its own
       */
      registry: string;
      /**
       * The repository in it: lower-case names between slashes
       */
      repository: string;
      /**
       * Whether it is spoken to without TLS, as a registry on this machine is
       */
      insecure?: boolean;
    };
  };
}
/**
 * config/policy.yaml: who may do which transition, and how many approvals it needs. It names no person, app or miniapp. A transition that is left out keeps its default
 */
export interface Policy {
  /**
   * One entry a transition
   */
  transitions: {
    [k: string]: Right;
  };
  /**
   * One more approval for changes with a large effect; off when absent
   */
  blastRadius?: {
    /**
     * More changed resolution cells than this need one more approval
     */
    cells?: number;
    /**
     * Whether anybody losing service needs one more approval
     */
    losingService?: boolean;
  };
}
/**
 * Who may do a transition
 */
export interface Right {
  /**
   * Who may do it
   *
   * @minItems 1
   *
   * Items: person: anybody in people/; admin, developer, operator, tester: roles in members.yaml; manager: of the app; reviewer, owner: platform roles; bot: the platform bot
   */
  by: ('person' | 'admin' | 'developer' | 'operator' | 'tester' | 'manager' | 'reviewer' | 'owner' | 'bot')[];
  /**
   * Approvals that it needs besides
   */
  approvals?: {
    /**
     * How many approvals by other people it needs
     */
    count: number;
    /**
     * Whose approvals count
     *
     * @minItems 1
     *
     * Items: person: anybody in people/; admin, developer, operator, tester: roles in members.yaml; manager: of the app; reviewer, owner: platform roles; bot: the platform bot
     */
    by: ('person' | 'admin' | 'developer' | 'operator' | 'tester' | 'manager' | 'reviewer' | 'owner' | 'bot')[];
    /**
     * always (the default); several-owners: base has two owners or more; widens-online: a miniapp with an online version may call more than before; managed-app: new delivery to an app that has managers; new-apis: the version uses one of the named apis that the online version does not
     */
    when?: 'always' | 'several-owners' | 'widens-online' | 'managed-app' | 'new-apis';
    /**
     * With new-apis: which APIs
     *
     * @minItems 1
     * @maxItems 1000
     *
     * Items: An API by its name at the vendor, or the beginning of several: ty.device is all below it
     */
    apis?: string[];
  };
}
/**
 * config/miniapps/<id>/release.yaml: which versions people get
 */
export interface Release {
  /**
   * The online version
   */
  online?: {
    version: VersionNumber;
    /**
     * false: service is stopped
     */
    enabled: boolean;
  };
  /**
   * The experience version
   */
  experience?: {
    version: VersionNumber;
  };
  /**
   * Versions that were online before, newest first
   *
   * @minItems 0
   * @maxItems 1000
   */
  previous?: VersionNumber[];
  /**
   * An approved version that part of the accounts get instead of the online one
   */
  rollout?: {
    version: VersionNumber;
    /**
     * How many of a hundred accounts get it, at most two decimals
     */
    percent: number;
    /**
     * The apps in which they get it; absent: every app to which it is delivered
     *
     * @minItems 1
     * @maxItems 1000
     */
    apps?: AppId[];
    /**
     * The regions in which they get it; absent: every region to which it is delivered
     *
     * @minItems 1
     * @maxItems 100
     */
    regions?: RegionId[];
  };
  /**
   * How often what is served has changed: rises by one with each such change, so that devices know which answer is the newer one
   */
  sequence?: number;
}
/**
 * config/miniapps/<id>/reports/<yyyy-mm>.yaml: the daily figures of one month
 */
export interface Report {
  /**
   * One row a day, app, region and version
   *
   * @minItems 0
   * @maxItems 5000
   */
  rows: ReportRow[];
}
/**
 * One day, app, region and version
 */
export interface ReportRow {
  date: Day;
  app: AppId;
  region: RegionId;
  version: VersionNumber;
  /**
   * How often it was opened
   */
  opens: number;
  /**
   * How many accounts opened it
   */
  visitors: number;
  /**
   * How many of them for the first time
   */
  newVisitors: number;
  /**
   * Average stay of a visit, in seconds
   */
  staySeconds: number;
  /**
   * How many visits met an error
   */
  errors: number;
}
/**
 * config/miniapps/<id>/scenarios.yaml: promises that must keep holding
 */
export interface Scenarios {
  /**
   * The promises
   *
   * @minItems 0
   * @maxItems 200
   */
  scenarios: Scenario[];
}
/**
 * One promise
 */
export interface Scenario {
  /**
   * Text for people: one line, not blank, at most 1000 characters
   */
  name: Visible & Plain & Text;
  app: AppId;
  region: RegionId;
  account?: Account;
  /**
   * rollout: somebody whom the rollout includes, whoever that is
   */
  audience?: 'rollout';
  /**
   * link (the default): normal opening; experience: the experience QR code was scanned
   */
  entry?: 'link' | 'experience';
  page?: Page;
  device?: Device;
  appVersion?: VersionNumber;
  /**
   * The outcome: the version that opens, or the error
   */
  expect: {
    /**
     * The version that opens; online, experience or rollout: whichever version that is
     */
    opens?: string;
    /**
     * The error that shows
     */
    error?:
      | 'unknown-miniapp'
      | 'unknown-app'
      | 'unknown-region'
      | 'unknown-app-version'
      | 'device-required'
      | 'app-not-associated'
      | 'no-online-version'
      | 'no-permission'
      | 'no-experience-version'
      | 'service-disabled'
      | 'host-incompatible'
      | 'page-not-found';
  };
}
/**
 * config/miniapps/<id>/trafficking.yaml: which apps may open the miniapp, and where
 */
export interface Trafficking {
  /**
   * One row an app
   *
   * @minItems 0
   * @maxItems 1000
   */
  trafficking: TraffickingRow[];
}
/**
 * Delivery to one app
 */
export interface TraffickingRow {
  app: AppId;
  /**
   * The regions of the app where it may open the miniapp
   *
   * @minItems 1
   * @maxItems 100
   */
  regions: RegionId[];
}
/**
 * config/miniapps/<id>/versions/<version>.yaml: one uploaded version. What it is never changes after upload; only its review does
 */
export interface Version {
  version: VersionNumber;
  /**
   * Text for people: one line, not blank, at most 1000 characters
   */
  description: Visible & Plain & Text;
  uploadedBy: Login;
  uploadedAt: Time;
  /**
   * What was uploaded, provable
   */
  package?: {
    /**
     * The SHA-256 digest of what was uploaded: 64 digits 0-9 and a-f
     */
    sha256: string;
    /**
     * Its size in bytes
     */
    bytes: number;
    /**
     * How many files it holds
     */
    files: number;
    /**
     * Which reader of projects found what is recorded here; another one may find more
     */
    reader?: number;
  };
  /**
   * The lowest base library that it runs on, MAJOR.MINOR.PATCH
   */
  baseLibrary?: string;
  /**
   * The kits that it needs
   */
  kits?: {
    /**
     * The lowest version of the kit, MAJOR.MINOR.PATCH
     */
    [k: string]: string;
  };
  /**
   * Its pages; when listed, only these open
   *
   * @minItems 0
   * @maxItems 2000
   */
  pages?: Page[];
  /**
   * The origins found in the code at upload
   *
   * @minItems 0
   * @maxItems 1000
   */
  origins?: Plain[];
  /**
   * The vendor's APIs that the code uses; absent counts as all of them
   *
   * @minItems 0
   * @maxItems 1000
   *
   * Items: An API by its name at the vendor, ty. first: also where the code calls it by the name of a framework or of another vendor; ty.* where a name only shows when the code runs, so that it may be any
   */
  apis?: string[];
  /**
   * How the addresses in the code were found, and how many calls do not say theirs
   */
  analysis?: {
    /**
     * Calls and resources whose address is known, by how it was found
     */
    found: {
      /**
       * How many calls and resources
       */
      [k: string]: number;
    };
    /**
     * Calls of a network, static or cloud API whose address only shows when the code runs
     */
    unknown: number;
    /**
     * Elements that show something whose address only shows when the code runs
     */
    shownUnknown: number;
  };
  /**
   * The review; absent on a development version
   */
  review?: {
    /**
     * Where the review stands
     */
    status: 'pending' | 'approved' | 'rejected';
    submittedBy: Login;
    /**
     * Who approved or rejected it, never the submitter or uploader; policy:internal for automatic approval
     */
    reviewedBy?: string;
    /**
     * Text for people: one line, not blank, at most 1000 characters
     */
    reason?: Visible & Plain & Text;
  };
}
/**
 * config/miniapps/<id>/whitelist.yaml: who gets the experience version
 */
export interface Whitelist {
  /**
   * One row an app and account
   *
   * @minItems 0
   * @maxItems 5000
   */
  whitelist: WhitelistRow[];
}
/**
 * One account in one app
 */
export interface WhitelistRow {
  app: AppId;
  account: Account;
  /**
   * Text for people: one line, not blank, at most 1000 characters
   */
  note?: Visible & Plain & Text;
  expires?: Expiry;
}
