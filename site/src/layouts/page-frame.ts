/** What stands around every page of a language, worked out with the first of them: there are many thousands. */
import { fill } from '#core/problems/messages.ts';
import { isDev, story, workspace } from '../data.ts';
import { feedPath, FORMATS } from '../feeds.ts';
import { FEEDS, hasFeeds, publishedAt } from '../features/feeds/view-model.ts';
import { indexPath } from '../features/search/view-model.ts';
import { href } from '../href.ts';
import { words } from '../i18n/index.ts';
import { footPages, mainPages } from '../lib/navigation.ts';
import { onceIn } from '../lib/once-in.ts';
import { localized } from '../lib/text.ts';

/** Search engines take the address of a page in another language only where it is whole. */
export const published = publishedAt(workspace);

/** `astro dev` writes styles into the page. */
const styles = isDev ? "'self' 'unsafe-inline'" : "'self'";

/** The security policy of every page. */
export const policy = `default-src 'none'; script-src 'self'; style-src ${styles}; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'`;

export const frameIn = onceIn((language) => {
  const platform = localized(workspace.platform.name, language, workspace.platform.languages);
  const linked = (pages: typeof mainPages) =>
    pages(language).map((page) => ({ ...page, to: href(page.path, language) }));
  const feeds = FEEDS.flatMap((name) =>
    FORMATS.map((format) => ({
      type: format === 'atom' ? 'application/atom+xml' : 'application/feed+json',
      title: fill(words[language].feeds[name], { platform }),
      to: href(feedPath(name, format, language)),
    })),
  );
  return {
    platform,
    feeds: hasFeeds(workspace, story) ? feeds : [],
    main: linked(mainPages),
    foot: linked(footPages),
    home: href('', language),
    search: href('search/', language),
    index: href(indexPath(language)),
  };
});
