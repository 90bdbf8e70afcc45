/** Components in tests, each by itself. */
import { experimental_AstroContainer as Container } from 'astro/container';
import Access from '../src/features/access/Access.astro';
import History from '../src/features/history/History.astro';
import Journey from '../src/features/journey/Journey.astro';
import Languages from '../src/features/languages/Languages.astro';
import type { MiniappFacts } from '../src/features/miniapp/facts.ts';
import Network from '../src/features/network/Network.astro';
import Overview from '../src/features/overview/Overview.astro';
import Promises from '../src/features/promises/Promises.astro';
import FirstCode from '../src/features/qr/FirstCode.astro';
import Report from '../src/features/report/Report.astro';
import Resolution from '../src/features/resolution/Resolution.astro';
import Rollout from '../src/features/rollout/Rollout.astro';
import Versions from '../src/features/versions/Versions.astro';
import { compactHtml } from '../src/lib/compact-html.ts';
import type { SectionProps } from '../src/lib/section.ts';

type Component = Parameters<Container['renderToString']>[0];

let container: Promise<Container> | undefined;

/** What a component makes of these properties, as a page holds it. */
export async function rendered(component: Component, props: object): Promise<string> {
  const made = await (container ??= Container.create());
  return compactHtml(await made.renderToString(component, { props: { ...props } }));
}

const BEFORE = [Overview, Journey, Resolution, Rollout, Versions, FirstCode];
const BEHIND = [Access, Network, Languages, Report, Promises, History];
const SECTIONS = [...BEFORE, ...BEHIND];

/** The sections of a miniapp's page one after the other, without the two forms. */
export async function renderedSections(props: SectionProps<MiniappFacts>): Promise<string> {
  const texts = [];
  for (const section of SECTIONS) texts.push(await rendered(section, props));
  return texts.join('');
}
