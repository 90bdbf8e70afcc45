/**
 * Chinese: the same keys and arguments as `en.ts`. Terms are those of the vendor's Chinese platform (投放, 白名单, 体验版,
 * 线上版本, 审核), the outcomes' messages those of its FAQ: https://developer.tuya.com/cn/miniapp/common/desc/faq
 */
import type { Messages } from './en.ts';
import { changes } from './zh/changes.ts';
import { fields } from './zh/fields.ts';
import { files } from './zh/files.ts';
import { projects } from './zh/projects.ts';
import { resolution } from './zh/resolution.ts';
import { rules } from './zh/rules.ts';
import { tables } from './zh/tables.ts';

export const zh: Messages = {
  ...resolution,
  problems: {
    ...files,
    ...fields,
    ...rules,
    ...projects,
    ...changes,
    ...tables,
  },
  advice: {
    'write-canonical': '请写 {canonical}',
    'for-example': '例如 {example}',
    'add-person': '请先由所有者添加：npx miniapp person add {actor} --github-id NUMBER --name NAME',
    'ask-who-is-here': '{actor} 已于 {left} 离开；请让其他人来做。',
    'act-as': '{actor} 在这里是 {now}；请用该登录名操作。',
  },
  requests: {
    settings: {
      server: '开发者平台 - 开发设置 - 多区服务器域名',
      static: '开发者平台 - 开发设置 - 多区静态资源',
      cloud: '开发者平台 - 开发设置 - 云能力',
    },
    answers: {
      'origin-listed': '{call} 可以在 {region} 访问 {origin}',
      'cloud-listed': 'ty.requestCloud() 可以调用 {name}',
      'unknown-miniapp': '不存在小程序“{miniapp}”',
      'unknown-region': '平台没有区域“{region}”；现有区域：{regions}',
      'not-a-url': '“{url}”不是完整的网址，没有指明服务器',
      'not-https': '“{url}”使用 {scheme}；只允许 https',
      'port-not-allowed': '{origin} 带有端口；只允许 https 的默认端口 443',
      'host-not-allowed': '任何设置都不能允许它：{why}',
      'origin-not-listed': '{origin} 未在 {region} 为 {call} 配置',
      'cloud-not-listed': '{name} 未为 ty.requestCloud() 配置',
      'not-a-cloud-name': '“{name}”不是云能力名称',
    },
    fixes: {
      'find-miniapp': '列出所有小程序，并使用其中的 ID',
      'find-region': '请使用平台已有的区域：{near}',
      'list-origin': '在 {region} 为 {call} 配置 {origin}：{file} 的 {field}',
      'list-cloud': '配置 {name}：{file} 的 {field}',
      'use-https': '如果服务器支持，请改为访问 {url}',
      'use-default-port': '请让服务器在不带端口的 {url} 上提供服务',
      'see-listed': '查看可以访问的域名。{hint}',
      'see-cloud': '查看已配置的名称；名称由字母、数字、点、连字符和下划线组成',
    },
  },
};
