/** Questions to begin with, of what this platform has: one of each kind that the search answers. Pure. */
import { messages, type Language } from '#core/problems/messages.ts';
import type { PublicWorkspace } from '../../lib/public.ts';
import { localized } from '../../lib/text.ts';

/** Words that are found, in the language of the page: a miniapp, an app and a region; its online version; a page; a server; a person; an error. */
export function searchExamples(workspace: PublicWorkspace, language: Language): string[] {
  const { languages, regions } = workspace.platform;
  const name = (text: Parameters<typeof localized>[0]) => localized(text, language, languages);
  const listed = [...workspace.miniapps.values()].filter(({ basics }) => basics.archived !== true);
  const miniapp = listed.find(({ release }) => release.online) ?? listed[0];
  const version = miniapp?.release.online?.version;
  const app = [...workspace.apps.values()].find((one) => one.default === true);
  const region = app && name(regions[app.regions[0]!]);
  const { cloud: _apis, ...servers } = miniapp?.domains ?? {};
  const [server] = Object.values(servers).flatMap((byRegion) => Object.values(byRegion ?? {}).flat());
  const own = miniapp && name(miniapp.basics.name);
  const page = version === undefined ? undefined : miniapp?.versions.get(version)?.pages?.[0];
  const person = [...workspace.people.values()].find(({ left }) => left === undefined);
  const asked = [
    own && app && region ? `${own} ${name(app.name)} ${region}` : own,
    own && version && `${own} ${version}`,
    page,
    server?.replace(/^https:\/\//, ''),
    person?.name,
    messages[language].outcomes['no-permission'].title,
  ];
  return asked.flatMap((one) => (one === undefined || one === '' ? [] : [one]));
}
