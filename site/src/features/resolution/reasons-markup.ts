/**
 * The reasons of a resolution table, one for all cells that are answered alike and cured alike. They are there without scripts; with them,
 * reasons.client.ts opens the reason of a cell, and takes from here what only the build knows: who made it so.
 */
import { defined } from '#core/defined.ts';
import { messages, type Args, type Language } from '#core/problems/messages.ts';
import { fixText, outcomeMessage, traceText } from '#core/resolution/resolution-text.ts';
import { identify } from '#core/paths.ts';
import { words } from '../../i18n/index.ts';
import { recordView } from '../history/view-model.ts';
import type { PublicWorkspace } from '../../lib/public.ts';
import { localized, listText } from '../../lib/text.ts';
import type { DecidingFile, FactChange, Reason } from './reasons.ts';
import { fileMarkup, type EditLinkContext } from '../../lib/github-markup.ts';
import { recordMarkup } from '../history/markup.ts';
import { transitionText } from '../history/transition-text.ts';
import { markup, type Markup, type Piece } from '../../lib/markup.ts';

/** The reasons as HTML, each at the address that its cells link to. `named`: the apps of the table, of whose cells alone it is told what decided them. */
export function reasonsMarkup(
  language: Language,
  workspace: PublicWorkspace,
  editing: EditLinkContext,
  reasons: readonly Reason[],
  named: ReadonlySet<string>,
): Markup {
  return markup`<div class="reasons without-scripts">
      <h3>${words[language].resolution.reasons}</h3>
      ${reasons.map((reason) => reasonMarkup(language, workspace, editing, reason, named))}
    </div>`;
}

function reasonMarkup(
  language: Language,
  workspace: PublicWorkspace,
  editing: EditLinkContext,
  reason: Reason,
  named: ReadonlySet<string>,
): Markup {
  const { resolution: t, whatIf } = words[language];
  const { resolution, facts, id } = reason;
  const isOpening = resolution.outcome === 'opens';
  // A reason is of many cells: APP and REGION, as its commands have them, are no names in a sentence.
  const inWords = (args: Args): Args => ({
    ...args,
    ...defined({
      app: args['app'] === 'APP' ? t.thisApp : undefined,
      region: args['region'] === 'REGION' ? t.thisRegion : undefined,
    }),
  });
  const outcome = isOpening ? undefined : messages[language].outcomes[resolution.code];
  // The rule that applied is the last one tried.
  const { reason: own, ...last } = resolution.trace.at(-1)!;
  const rule = traceText(
    {
      ...last,
      args: inWords(last.args),
      ...defined({ reason: own ? { ...own, args: inWords(own.args) } : undefined }),
    },
    language,
  );
  return markup`<details>
      <summary><span class="answer ${isOpening ? resolution.channel : 'error'}">${isOpening ? resolution.version : outcome!.title}</span> <small>${rule}</small></summary>
      <div class="reason" id="${id}" tabindex="-1">
        ${
          !isOpening &&
          markup`<p class="says"><span class="label">${t.says}</span> <q>${outcomeMessage(resolution, language)}</q></p>
          <p><span class="label">${whatIf.cause}</span> ${outcome!.cause}</p>
          ${
            resolution.fix.length > 0 &&
            markup`<ul class="fixes">
              ${resolution.fix.map(
                (fix) =>
                  markup`<li>${fixText({ ...fix, args: inWords(fix.args) }, language)} <code class="command">${fix.command}</code></li>`,
              )}
            </ul>`
          }`
        }
        ${facts.length > 0 && decidedMarkup(language, workspace, editing, facts, named)}
      </div>
    </details>`;
}

/** The files that decided; where nothing is known of who made them so, that is said once for all. */
function decidedMarkup(
  language: Language,
  workspace: PublicWorkspace,
  editing: EditLinkContext,
  facts: readonly DecidingFile[],
  named: ReadonlySet<string>,
): Markup {
  const { resolution: t, facts: names } = words[language];
  const isKnown = facts.some(({ changes }) => changes.some(({ record }) => record !== undefined));
  if (isKnown)
    return markup`<div class="decided"><h4>${t.decided}</h4><dl>
      ${facts.map((fact) => factMarkup(language, workspace, editing, fact, named))}
    </dl></div>`;
  const files = facts.map(
    ({ name, path }, index) => markup`${index > 0 && ' · '}${names[name]} ${fileMarkup(language, editing, path)}`,
  );
  return markup`<p class="decided"><b>${t.decided}</b> ${files} <span class="quiet">(${t.neverChanged})</span></p>`;
}

/** A file that decided, and who made it so; where that differs from app to app, for each. */
function factMarkup(
  language: Language,
  workspace: PublicWorkspace,
  editing: EditLinkContext,
  fact: DecidingFile,
  named: ReadonlySet<string>,
): Piece {
  const { facts } = words[language];
  const changes = fact.changes.map((change) => changeMarkup(language, workspace, { editing, fact, change, named }));
  if (!changes.some(Boolean)) return false;
  return markup`<dt>${facts[fact.name]} ${fileMarkup(language, editing, fact.path)}</dt>${changes}`;
}

interface ChangeRow {
  readonly editing: EditLinkContext;
  readonly fact: DecidingFile;
  readonly change: FactChange;
  /** The apps that are shown. */
  readonly named: ReadonlySet<string>;
}

function changeMarkup(
  language: Language,
  workspace: PublicWorkspace,
  { editing, fact, change, named }: ChangeRow,
): Piece {
  const { record, kind, isOfFile, places, version = fact.version } = change;
  const { resolution } = words[language];
  const done = kind === undefined ? undefined : markup`${transitionText(language, kind, version)} · `;
  const said = record
    ? markup`${isOfFile && `${resolution.fileChanged} `}${done}${recordMarkup(language, editing.github, recordView(workspace, language, record, identify(fact.path)?.miniapp))}`
    : markup`<span class="quiet">${resolution.neverChanged}</span>`;
  if (!places) return markup`<dd>${said}</dd>`;
  const { platform, apps } = workspace;
  const shown = [...places].filter(([app]) => named.has(app));
  if (shown.length === 0) return false;
  const where = shown.map(([app, regions]) => {
    const name = localized(apps.get(app)?.name, language, platform.languages);
    return `${name} (${listText(regions, language)})`;
  });
  const cells = shown.flatMap(([app, regions]) => regions.map((region) => `${app}.${region}`)).join(' ');
  return markup`<dd data-cells="${cells}"><small>${where.join(' · ')}</small> ${said}</dd>`;
}
