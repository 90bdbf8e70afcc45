/** What part of the accounts gets which version, and which versions of each app run which versions of the miniapp. */
import { fill, type Language } from '#core/problems/messages.ts';
import { lacksOf, type RuntimeNeeds, type Runtime } from '#core/resolution/compatibility.ts';
import type { Miniapp } from '#core/model.ts';
import { isDelivered } from '#core/resolution/resolve.ts';
import { versionsByState } from '#core/transitions/lifecycle.ts';
import { newestFirst } from '#core/version.ts';
import { words } from '../../i18n/index.ts';
import type { MiniappRef } from '../list/miniapp-ref.ts';
import { recordMarkup } from '../history/markup.ts';
import { recordView, newestStep, type Past } from '../history/view-model.ts';
import type { GithubPlace } from '../../lib/github.ts';
import { markup, type Markup, type Piece } from '../../lib/markup.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { localized, listText } from '../../lib/text.ts';

/** Nothing where nothing is rolled out and no app says what its versions can run. */
export function rolloutMarkup(
  language: Language,
  workspace: PublicWorkspace,
  miniapp: PublicMiniapp,
  past: Past | undefined,
  github: GithubPlace | undefined,
): Markup {
  const { rollout: t } = words[language];
  const { rollout } = miniapp.release;
  const served = servedVersions(miniapp);
  const apps = [...workspace.apps.values()].filter(
    ({ id, regions, runtimes }) =>
      served.length > 0 && runtimes && regions.some((region) => isDelivered(miniapp, id, region)),
  );
  if (!rollout && apps.length === 0) return markup``;
  const step = rollout && newestStep(past, ['start-rollout', 'widen-rollout'], rollout.version);
  const record = step && recordView(workspace, language, step.record);
  return markup`<section class="card" id="rollout" aria-labelledby="rollout-title">
      <h2 id="rollout-title">${t.title}</h2>
      ${rollout && barMarkup(language, miniapp, rollout, record && recordMarkup(language, github, record))}
      ${apps.map((app) => matrixMarkup(language, workspace, miniapp, served, app))}
    </section>`;
}

/** `since`: who started or widened it, as far as Git told. */
function barMarkup(
  language: Language,
  miniapp: PublicMiniapp,
  { version, percent, apps, regions }: NonNullable<PublicMiniapp['release']['rollout']>,
  since: Markup | undefined,
): Markup {
  const { rollout: t } = words[language];
  const where = listText([...(apps ?? []), ...(regions ?? [])], language) || t.everywhere;
  const isOutOfService = miniapp.release.online?.enabled === false;
  // What can be done now, as everywhere else on the page.
  const steps = versionsByState(miniapp as Miniapp)
    .filter(({ state }) => state.isRolledOut)
    .flatMap(({ steps: all }) =>
      all.map(({ command }) => command).filter((one) => one.startsWith('npx miniapp rollout ')),
    );
  return markup`<p>${fill(isOutOfService ? t.outOfService : t.part, { version, percent, where })}</p>
      ${
        !isOutOfService &&
        markup`<p><meter min="0" max="100" value="${percent}">${percent} %</meter></p>
      <p class="quiet">${t.others}</p>`
      }
      ${since && markup`<p class="quiet">${t.since} ${since}</p>`}
      ${steps.map((line) => markup`<div class="command-line"><code class="command">${line}</code></div>`)}`;
}

type AppOf = PublicWorkspace['apps'] extends ReadonlyMap<string, infer App> ? App : never;

/** The versions that somebody gets or can get back, newest first. */
function servedVersions({ release }: PublicMiniapp): string[] {
  const { online, rollout, experience, previous = [] } = release;
  const served = [online?.version, rollout?.version, experience?.version, ...previous];
  return newestFirst(new Set(served.flatMap((version) => version ?? [])));
}

function matrixMarkup(
  language: Language,
  workspace: PublicWorkspace,
  { versions }: PublicMiniapp,
  served: readonly string[],
  { id, name, runtimes = [] }: AppOf,
): Markup {
  const { rollout: t } = words[language];
  const title = localized(name, language, workspace.platform.languages) || id;
  const rows = served.map((version) => ({ title: version, needs: versions.get(version) ?? {} }));
  return markup`<h3>${fill(t.matrix, { app: title })}</h3>
      ${fitTable(language, t.version, rows, runtimes)}`;
}

interface FitRow {
  readonly title: Piece;
  readonly needs: RuntimeNeeds;
}

/** What of these runs in which version of an app; where it does not, what it needs. */
function fitTable(language: Language, head: string, rows: readonly FitRow[], runtimes: readonly Runtime[]): Markup {
  const { rollout: t } = words[language];
  const cell = (needs: RuntimeNeeds, runtime: Runtime) => {
    const lacks = lacksOf(needs, runtime);
    return lacks.length === 0
      ? markup`<td><span class="answer online">${t.runs}</span></td>`
      : markup`<td><span class="answer error">${fill(t.needs, {
          what: listText(
            lacks.map(({ what, needed }) => `${what} ${needed}`),
            language,
          ),
        })}</span></td>`;
  };
  const columns = runtimes.map(
    ({ appVersion, share }) =>
      markup`<th scope="col">${appVersion}${share !== undefined && markup`<br><small>${fill(t.shareOfUsers, { percent: share })}</small>`}</th>`,
  );
  const lines = rows.map(
    ({ title, needs }) =>
      markup`<tr><th scope="row">${title}</th>${runtimes.map((runtime) => cell(needs, runtime))}</tr>`,
  );
  return markup`<div class="scroll"><table>
        <thead><tr><th scope="col">${head}</th>${columns}</tr></thead>
        <tbody>${lines}</tbody>
      </table></div>`;
}

/** Which versions of an app run what it opens: the online version of each miniapp, and the one that is rolled out. */
export function appMatrixMarkup(
  language: Language,
  workspace: PublicWorkspace,
  app: string,
  opens: readonly MiniappRef[],
): Markup {
  const { rollout: t, appsPage } = words[language];
  const { runtimes } = workspace.apps.get(app)!;
  if (!runtimes || opens.length === 0) return markup``;
  const rows = opens.flatMap(({ id, name }) => {
    const { release, versions } = workspace.miniapps.get(id)!;
    const served = [release.online?.version, release.rollout?.version];
    return served.flatMap((version) =>
      version === undefined ? [] : [{ title: `${name} ${version}`, needs: versions.get(version) ?? {} }],
    );
  });
  return markup`<section class="card" aria-labelledby="runs">
      <h2 id="runs">${t.runsTitle}</h2>
      ${fitTable(language, appsPage.miniapp, rows, runtimes)}
    </section>`;
}
