/** Chinese: what a resolution answers, why, and what to do; the same keys and arguments as `en/resolution.ts`. */
import type { ResolutionMessages } from '../en/resolution.ts';

export const resolution: ResolutionMessages = {
  outcomes: {
    'unknown-miniapp': {
      title: '小程序不存在',
      message: '小程序“{miniapp}”不存在',
      cause: '小程序 ID 有误，或该小程序不在本平台上。',
    },
    'unknown-app': {
      title: 'App 不存在',
      message: 'App“{app}”不存在',
      cause: '该 App 未在本平台登记。',
    },
    'unknown-region': {
      title: '区域不存在',
      message: 'App“{app}”未服务区域“{region}”',
      cause: '该区域不在此 App 的服务区域内。',
    },
    'unknown-app-version': {
      title: 'App 版本未登记',
      message: 'App“{app}”没有登记版本“{appVersion}”',
      cause: '该 App 的 runtimes 中没有此版本，无法判断它能运行什么。',
    },
    'device-required': {
      title: '需要设备',
      message: '面板小程序需要设备才能打开',
      cause: '面板小程序的体验版二维码中没有设备 ID。',
    },
    'app-not-associated': {
      title: '未投放到此 App',
      message: '小程序尚未关联 App',
      cause: '投放配置中没有包含此 App 和该区域的条目。',
    },
    'no-online-version': {
      title: '没有线上版本',
      message: '当前小程序不存在可用的版本',
      cause: '尚未发布任何版本。',
    },
    'no-permission': {
      title: '不在白名单中',
      message: '无权限访问该版本',
      cause: '目前只有体验版，且该账号不在体验版白名单中。',
    },
    'no-experience-version': {
      title: '没有体验版',
      message: '当前小程序不存在可用的体验版本',
      cause: '既没有设置体验版，也没有线上版本。',
    },
    'service-disabled': {
      title: '服务已停用',
      message: '小程序已暂停服务',
      cause: '线上版本已被停用。',
    },
    'host-incompatible': {
      title: 'App 版本不兼容',
      message: '当前版本的 App 无法运行该小程序，请更换 App 版本后重试',
      cause: '将要打开的版本所需的基础库或 Kit，此版本的 App 不具备。',
    },
    'page-not-found': {
      title: '页面不存在',
      message: '版本 {version} 中不存在页面“{page}”',
      cause: '将要打开的版本未列出该页面。',
    },
  },
  fixes: {
    'find-miniapp': '列出所有小程序，从中获取正确的 ID',
    'find-app': '使用 apps/ 中已有的 App：{apps}',
    'find-region': '使用该 App 服务的区域：{regions}',
    'serve-region': '让该 App 服务此区域：添加到 apps/{app}.yaml 的 regions',
    'find-app-version': '使用 apps/{app}.yaml 的 runtimes 中已登记的版本：{versions}；或在其中登记该版本',
    'update-app':
      '{version} 需要 {needs}，而此版本的 App 具备的是 {has}。已登记的 {app} 版本中，能运行它的最低版本是 {lowest}',
    'upload-lower': '或者上传要求更低的版本：此版本的 App 不满足 {needs}',
    'upload-lower-none':
      '{version} 需要 {needs}，而此版本的 App 具备的是 {has}；{app} 已登记的版本都无法运行它。请上传要求更低的版本，或在 apps/{app}.yaml 中登记更新的 App 版本',
    'give-device': '携带设备 ID，真实设备或虚拟设备均可',
    deliver: '将小程序投放到 {app} 的 {region} 区域：在 miniapps/{miniapp}/trafficking.yaml 中添加一行',
    whitelist: '将账号加入 {app} 的白名单：在 miniapps/{miniapp}/whitelist.yaml 中添加一行',
    publish: '发布已通过审核的 {version}：miniapps/{miniapp}/release.yaml 中的 online',
    rollback: '回滚到曾经上线的 {version}：miniapps/{miniapp}/release.yaml 中的 online',
    approve: '审核通过 {version}（正在审核中）：miniapps/{miniapp}/versions/{version}.yaml',
    submit: '提交 {version} 审核：miniapps/{miniapp}/versions/{version}.yaml',
    upload: '上传一个版本：在 miniapps/{miniapp}/versions/ 中新增文件',
    'upload-corrected': '{version} 已被驳回，版本上传后不能更改；请修正后上传版本号更高的版本',
    'upload-recorded': '{version} 的文件没有记录代码包，不能审核或发布；请以更高的版本号重新上传',
    'push-package': '补传 {version} 的代码包；没有它，该版本不能审核或发布',
    'set-experience': '将 {version} 设为体验版：miniapps/{miniapp}/release.yaml 中的 experience',
    unarchive: '先恢复已归档的小程序：miniapps/{miniapp}/miniapp.yaml 中的 archived',
    enable: '重新启用服务：miniapps/{miniapp}/release.yaml 中的 online.enabled',
    'other-page': '打开该版本已列出的页面，例如 {page}',
    'upload-page': '上传包含页面“{page}”的版本',
  },
  trace: {
    'unknown-miniapp': { yes: '小程序 {miniapp} 不存在', no: '小程序 {miniapp} 存在' },
    'unknown-app': { yes: 'App {app} 不存在', no: 'App {app} 存在' },
    'unknown-region': { yes: '{app} 未服务区域 {region}', no: '{app} 服务区域 {region}' },
    'unknown-app-version': { yes: '{app} 没有登记版本 {appVersion}', no: '{app} 已登记版本 {appVersion}' },
    'device-required': { yes: '面板小程序，扫描体验版二维码进入，但没有设备', no: '无需设备，或已提供设备' },
    'opens-experience': {
      yes: '扫描体验版二维码进入，体验版为 {experience}，账号在白名单中，{delivery}',
      no: '不打开体验版：{reason}',
    },
    'app-not-associated': { yes: '未投放到 {app} 的 {region} 区域', no: '{delivery}' },
    'no-online-version': { yes: '没有线上版本，且通过普通链接打开', no: '有线上版本，或扫描了体验版二维码' },
    'no-permission': {
      yes: '没有线上版本，且该账号无权访问体验版 {experience}',
      no: '有线上版本，或未设置体验版',
    },
    'no-experience-version': { yes: '既没有线上版本，也未设置体验版', no: '线上版本为 {online}' },
    'service-disabled': { yes: '线上版本 {online} 已停用', no: '线上版本 {online} 已启用' },
    'opens-rollout': {
      yes: '{version} 正在向 {percent}% 的账号灰度发布，打开该版本：{reason}',
      no: '{version} 正在向 {percent}% 的账号灰度发布，但不打开该版本：{reason}',
    },
    'opens-online': { yes: '打开线上版本 {online}', no: '' },
    'opens-fitting': {
      yes: '{version} 无法在 {app} {appVersion} 中运行（{reason}）；改为打开曾经上线且可以运行的 {fitting}',
      no: '{version} 无法在 {app} {appVersion} 中运行，曾经上线的版本也都无法运行',
    },
    'host-incompatible': {
      yes: '{version} 无法在 {app} {appVersion} 中运行：{reason}',
      no: '{version} 可以在 {app} {appVersion} 中运行',
    },
    'page-not-found': { yes: '{version} 未列出页面 {page}', no: '{version} 包含页面 {page}' },
  },
  reasons: {
    'normal-link': '通过普通链接打开',
    'none-set': '未设置体验版',
    'not-whitelisted': '该账号不在 {app} 的白名单中',
    expired: '该账号的白名单条目已于 {expires} 到期',
    'no-account': '未提供账号',
    'no-delivery': '未投放到 {app} 的 {region} 区域，且它不是默认 App',
    delivered: '已投放到 {app} 的 {region} 区域',
    'panel-delivered': '面板小程序视为已投放到所有 App',
    'default-app': '{app} 是默认 App',
    'not-covered': '不包括 {app} 的 {region} 区域',
    'not-in': '该账号不在灰度范围内',
    in: '该账号在灰度范围内',
    'only-digest': '只知道账号的摘要，无法判断是否在灰度范围内',
    'host-lacks': '需要 {needs}，而其具备的是 {has}',
  },
};
