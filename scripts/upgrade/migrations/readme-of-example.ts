/** Platforms that began by hand, before `init` was there, kept the paragraph that calls what stands in their folder an example. */
import { isExample, isOfExample } from '../../core/example.ts';
import { textIn } from '../../core/localized-text.ts';
import { ownConfigReadme } from '../../init/texts.ts';
import type { Migration } from './migration.ts';

export const readmeOfExample: Migration = {
  id: 'readme-of-example',
  why: 'config/README.md says that an example platform stands there, as it did before 0.2.0; it names the platform instead',
  edits({ workspace, text }) {
    const readme = text('README.md');
    if (readme === undefined || isExample(workspace)) return new Map();
    const { name, languages } = workspace.platform;
    const isKept = [...workspace.people.keys()].some((login) => isOfExample(login));
    return new Map([['README.md', ownConfigReadme(readme, textIn(name, languages), isKept)]]);
  },
};
