import { templateFault } from '../resolution/miniapp-link.ts';
import { pathOf } from '../paths.ts';
import { at, problem } from '../problems/problem.ts';
import { isSound, type Rule } from './rule.ts';

export const linksCanBeFilled: Rule = {
  id: 'links-can-be-filled',
  why: 'Ensure that every link and QR code can be made.',
  *check(workspace) {
    if (!isSound(workspace, pathOf.platform)) return;
    for (const [field, template] of Object.entries(workspace.platform.link)) {
      const detail = templateFault(template, field === 'url');
      if (detail) yield problem('link-template', at(pathOf.platform, 'link', field), { field, detail, url: '{url}' });
    }
  },
};
