/** A miniapp's picture at the head of its page; the name stands beside it, so it says nothing of its own. */
import { href } from '../href.ts';
import { markup, type Markup } from './markup.ts';

/** The picture at `path`, or an empty frame where there is none. */
export const avatarMarkup = (path: string | undefined): Markup =>
  path === undefined
    ? markup`<span class="avatar" aria-hidden="true"></span>`
    : markup`<img class="avatar" src="${href(path)}" alt="" width="64" height="64" loading="eager" decoding="async">`;
