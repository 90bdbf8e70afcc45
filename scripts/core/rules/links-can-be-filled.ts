import { escapedScheme, templateFault } from '../resolution/miniapp-link.ts';
import { pathOf } from '../paths.ts';
import { at, problem } from '../problems/problem.ts';
import { isSound, type Rule } from './rule.ts';

export const linksCanBeFilled: Rule = {
  id: 'links-can-be-filled',
  why: 'Ensure that every link and QR code can be made, and opens the app.',
  *check(workspace) {
    if (!isSound(workspace, pathOf.platform)) return;
    for (const [field, template] of Object.entries(workspace.platform.link)) {
      const detail = templateFault(template, field === 'url');
      if (detail) yield problem('link-template', at(pathOf.platform, 'link', field), { field, detail, url: '{url}' });
    }
    const { link } = workspace.platform;
    for (const [app, { scheme }] of workspace.apps) {
      const written = escapedScheme(link, 'link', scheme) ?? escapedScheme(link, 'experience', scheme);
      const templates = { plain: '{scheme}', reserved: '{+scheme}' };
      if (written) yield problem('link-scheme', at(pathOf.app(app), 'scheme'), { app, scheme, written, ...templates });
    }
  },
};
