/** The feeds of releases and of reviews; there are none where it is not known where the portal will be. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { story, workspace } from '../../../data.ts';
import { feedsOf, feedText } from '../../../feeds.ts';
import { localeOf } from '../../../i18n/index.ts';

export const getStaticPaths = (() =>
  feedsOf(workspace, story).map((feed) => ({
    params: { locale: localeOf(feed.language), file: `${feed.name}.${feed.format}` },
    props: { feed },
  }))) satisfies GetStaticPaths;

export const GET: APIRoute = ({ props }) => new Response(feedText(workspace, story!, props['feed']));
