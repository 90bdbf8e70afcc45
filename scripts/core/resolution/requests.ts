/**
 * May a miniapp make this request? Each call has its setting, as the vendor's table of required API → configuration has it:
 * request, upload and download the server domain names, static resources theirs, requestCloud the cloud capability.
 */
import {
  describe,
  fill,
  messages,
  severityOf,
  type Args,
  type Language,
  type RequestCode,
  type RequestFixCode,
  type SettingName,
} from '../problems/messages.ts';
import { defined } from '../defined.ts';
import { shellWord, toolCommand } from '../tool-command.ts';
import type { Domains } from '../model.ts';
import { nearest } from '../problems/suggest.ts';
import { checkOrigin, type OriginFinding } from './origin.ts';
import { pathOf } from '../paths.ts';

export const ORIGIN_APIS = ['request', 'upload', 'download', 'static'] as const;
export const REQUEST_APIS = [...ORIGIN_APIS, 'cloud'] as const;
export type OriginApi = (typeof ORIGIN_APIS)[number];
export type RequestApi = (typeof REQUEST_APIS)[number];

/** What a miniapp calls, and the setting that it needs. */
export const REQUIRED: Readonly<Record<RequestApi, { readonly call: string; readonly setting: SettingName }>> = {
  request: { call: 'ty.request()', setting: 'server' },
  upload: { call: 'ty.uploadFile()', setting: 'server' },
  download: { call: 'ty.downloadFile()', setting: 'server' },
  static: { call: 'static resources', setting: 'static' },
  cloud: { call: 'ty.requestCloud()', setting: 'cloud' },
};

/** What is looked at. A Workspace is one. */
export interface RequestWorkspace {
  readonly platform: { readonly regions: Readonly<Record<string, unknown>> };
  readonly miniapps: ReadonlyMap<string, { readonly domains: Domains }>;
}

export interface Request {
  readonly miniapp: string;
  readonly region: string;
  readonly api: RequestApi;
  /** As the code has it; for cloud the name of the API. */
  readonly url: string;
}

/** What has to be written where so that the request is allowed. */
interface MissingSetting {
  readonly name: SettingName;
  readonly file: string;
  readonly field: string;
  readonly value: string;
}

export interface RequestAnswer {
  readonly allowed: boolean;
  readonly code: RequestCode;
  readonly args: Args;
  /** What the URL comes to, where it is one: scheme, host and port in canonical form. */
  readonly origin?: string;
  /** Why no setting can allow the host. */
  readonly finding?: OriginFinding;
  /** Absent where no setting would help. */
  readonly missing?: MissingSetting;
  /** Where else the origin is listed. */
  readonly elsewhere: readonly { readonly api: OriginApi; readonly region: string }[];
  readonly fix: readonly { readonly code: RequestFixCode; readonly args: Args; readonly command: string }[];
}

const CLOUD_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** The answer, exact: what is listed for this call in this region may be called, and nothing else. */
export function checkRequest(workspace: RequestWorkspace, request: Request): RequestAnswer {
  const { miniapp: id, region, api, url } = request;
  const miniapp = workspace.miniapps.get(id);
  if (!miniapp) return refusal('unknown-miniapp', { miniapp: id }, [fixed('find-miniapp', 'list')]);
  if (!Object.hasOwn(workspace.platform.regions, region)) return unknownRegion(workspace, request);
  return api === 'cloud' ? cloud(miniapp.domains, id, url) : server(miniapp.domains, { ...request, api });
}

const fixed = (code: RequestFixCode, command: string, args: Args = {}) => ({
  code,
  args,
  command: toolCommand(command),
});

const refusal = (
  code: RequestCode,
  args: Args,
  fix: RequestAnswer['fix'],
  rest: Partial<RequestAnswer> = {},
): RequestAnswer => ({ allowed: false, code, args, elsewhere: [], fix, ...rest });

const again = ({ miniapp, region, api, url }: Request): string =>
  `check-request ${shellWord(miniapp)} ${shellWord(url)} --region ${shellWord(region)} --api ${api}`;

function unknownRegion({ platform }: RequestWorkspace, request: Request): RequestAnswer {
  const regions = Object.keys(platform.regions);
  const near = nearest(request.region, regions);
  const isOne = /^Did you mean (.*)\?$/.exec(near)?.[1];
  const fix = fixed('find-region', again({ ...request, region: isOne ?? regions[0] ?? 'REGION' }), { near });
  return refusal('unknown-region', { region: request.region, regions: regions.join(', ') }, [fix]);
}

function cloud({ cloud: listed = [] }: Domains, id: string, name: string): RequestAnswer {
  if (listed.includes(name)) return { allowed: true, code: 'cloud-listed', args: { name }, elsewhere: [], fix: [] };
  if (!CLOUD_NAME.test(name)) return refusal('not-a-cloud-name', { name }, [fixed('see-cloud', `cloud list ${id}`)]);
  const missing: MissingSetting = { name: 'cloud', file: pathOf.file(id, 'domains'), field: 'cloud', value: name };
  const { file, field } = missing;
  const fix = [fixed('list-cloud', `cloud add ${id} ${shellWord(name)}`, { name, file, field })];
  return refusal('cloud-not-listed', { name }, fix, { missing });
}

function server(domains: Domains, request: Request & { api: OriginApi }): RequestAnswer {
  const { miniapp: id, region, api, url: typed } = request;
  // Read as whoever makes the request reads it, so that no spelling means one host here and another there.
  const url = URL.canParse(typed) ? new URL(typed) : undefined;
  const seeListed = fixed('see-listed', `domain list ${id}`, { hint: '' });
  if (!url || url.host === '') return refusal('not-a-url', { url: typed }, [seeListed]);
  // A dot at the end says only that the name is complete.
  const host = url.hostname.replace(/\.$/, '');
  const secure = `https://${host}`;
  if (url.protocol !== 'https:') {
    const better = `${secure}${url.pathname}${url.search}`;
    const fix = [fixed('use-https', again({ ...request, url: better }), { url: better })];
    return refusal('not-https', { url: typed, scheme: url.protocol.slice(0, -1) }, fix);
  }
  const origin = url.port === '' ? secure : `${secure}:${url.port}`;
  const finding = checkOrigin(secure);
  if (finding && severityOf(finding.code) === 'error') {
    return refusal('host-not-allowed', {}, [seeListed], { origin, finding });
  }
  if (url.port !== '') {
    const fix = [fixed('use-default-port', again({ ...request, url: secure }), { url: secure })];
    return refusal('port-not-allowed', { origin }, fix, { origin });
  }
  const { call, setting } = REQUIRED[api];
  const elsewhere = listings(domains, origin).filter((listed) => listed.api !== api || listed.region !== region);
  const args = { call, origin, region };
  if (isListed(domains, api, region, origin))
    return { allowed: true, code: 'origin-listed', args, origin, elsewhere, fix: [] };
  const missing: MissingSetting = {
    name: setting,
    file: pathOf.file(id, 'domains'),
    field: `domains.${api}.${region}`,
    value: origin,
  };
  const { file, field } = missing;
  const command = `domain add ${id} ${origin} --api ${api} --region ${region}`;
  const fix = [fixed('list-origin', command, { ...args, file, field })];
  return refusal('origin-not-listed', args, fix, { origin, missing, elsewhere });
}

/** Whether calls of a kind may go to an origin in a region. */
const isListed = (domains: Domains, api: OriginApi, region: string, origin: string): boolean => {
  const zones = domains[api] ?? {};
  return Object.hasOwn(zones, region) && zones[region]!.includes(origin);
};

/** The kinds of call that may go to an origin in a region, in the order of ORIGIN_APIS. */
export const kindsAllowed = (domains: Domains, region: string, origin: string): OriginApi[] =>
  ORIGIN_APIS.filter((api) => isListed(domains, api, region, origin));

/** A server that no kind of call may reach in some regions. */
export interface BlockedOrigin {
  readonly origin: string;
  readonly regions: readonly string[];
}

/** Of the origins in a version's code each that domains.yaml blocks somewhere among these regions, with where it does. */
export const blockedOrigins = (
  regions: readonly string[],
  domains: Domains,
  origins: readonly string[] = [],
): BlockedOrigin[] =>
  origins
    .map((origin) => ({
      origin,
      regions: regions.filter((region) => kindsAllowed(domains, region, origin).length === 0),
    }))
    .filter((blocked) => blocked.regions.length > 0);

/** Where an origin is listed. */
const listings = (domains: Domains, origin: string): { api: OriginApi; region: string }[] =>
  ORIGIN_APIS.flatMap((api) =>
    Object.entries(domains[api] ?? {}).flatMap(([region, origins]) =>
      origins.includes(origin) ? [{ api, region }] : [],
    ),
  );

/** The answer as JSON and as sentences, in any language of the catalogue. */
export function requestJson(request: Request, answer: RequestAnswer, language: Language = 'en') {
  const { settings, answers, fixes } = messages[language].requests;
  const { allowed, code, args, origin, missing, elsewhere, finding } = answer;
  const found = finding && describe(finding, language);
  const said = found ? { why: found.message, hint: found.hint } : {};
  return {
    ok: allowed,
    allowed,
    ...request,
    ...defined({ origin }),
    code,
    message: fill(answers[code], { ...args, ...said }),
    setting: settings[REQUIRED[request.api].setting],
    missing: missing ? { ...missing, name: settings[missing.name] } : null,
    elsewhere,
    fix: answer.fix.map((one) => ({
      text: fill(fixes[one.code], { ...one.args, ...said }).trim(),
      command: one.command,
    })),
  };
}
