/** 简体中文：与 `en.ts` 相同的键。 */
import { zh as browser } from './browser/zh.ts';
import type { Interface } from './en.ts';
import { miniapp } from './zh/miniapp.ts';
import { pages } from './zh/pages.ts';
import { terms } from './zh/terms.ts';

export const zh: Interface = {
  ...browser,
  ...terms,
  ...pages,
  ...miniapp,
  site: {
    ...browser.site,
    description: '小程序、它们的版本，以及谁能在哪里打开什么',
    skip: '跳到正文',
    overview: '概览',
    reviews: '审核',
    about: '关于',
    sheet: '二维码汇总',
    edit: '编辑',
    editTitle: '在 GitHub 上编辑 {file}',
    workflow: '在 GitHub 网页上操作',
    api: 'API',
    readOnly: '只读页面。这里显示的一切都是仓库中的文件；变更通过拉取请求进行。',
    notSet: '未设置',
    needsScript: '表单需要 JavaScript。也可以在终端执行：{command}',
  },
  htmlLang: 'zh-Hans',
  switchLanguage: 'English',
};
