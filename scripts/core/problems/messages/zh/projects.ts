/** Chinese: what is said of projects and their packages, and of an upload. */
import type { projects as English } from '../en/projects.ts';
import type { Sentences } from '../sentences.ts';

export const projects: Sentences<typeof English> = {
  'project-none': {
    title: '不是小程序项目',
    message: '此文件夹不是小程序项目：{what}',
    hint: '请指定含有 app.json 或 project.tuya.json 的文件夹。',
  },
  'project-json': {
    title: '不是有效的 JSON',
    message: '不是有效的 JSON：{detail}',
    hint: '请在此处更正；允许注释和末尾逗号。',
  },
  'project-script': {
    title: '无法读取的脚本',
    message: '此脚本无法读取：{detail}',
    hint: '请在此处更正：它说明有哪些页面。',
  },
  'project-field': {
    title: '无法使用的项目设置',
    message: '{field} 是 {actual}；它必须是 {expected}',
    hint: '请在此处更正。',
  },
  'project-root-outside': {
    title: '项目之外的文件夹',
    message: '{field} 是“{folder}”，位于项目之外；项目之外的内容不会被读取',
    hint: '请指定项目内的文件夹，或上传包含两者的文件夹。',
  },
  'project-root-empty': {
    title: '项目指定的位置没有 app.json',
    message: '小程序应在“{folder}”中，但 {what}',
    hint: '请先构建项目，或更正该文件夹。',
  },
  'project-pages-none': {
    title: '没有页面',
    message: 'app.json 没有列出任何页面',
    hint: '请列出页面，例如 pages/index/index',
  },
  'project-page-form': {
    title: '不是页面',
    message: '“{page}”不是页面路径',
    hint: '页面由斜杠分隔的字母、数字、连字符、下划线和点组成，最多 256 个字符。',
  },
  'project-page-missing': {
    title: '没有文件的页面',
    message: '列出了页面 {page}，但没有文件 {file}',
    hint: '请添加该页面，或将其从列表中移除。',
  },
  'project-name': {
    title: '代码包中不能有的文件名',
    message: '“{name}”：文件名须为 UTF-8，不含控制字符和反斜杠，且不得重复',
    hint: '请重命名，或将其移出项目。',
  },
  'project-limit': {
    title: '超出代码包的限制',
    message: '{actual} {what}；最多 {limit}',
    hint: '请将不属于小程序的内容移出此文件夹。',
  },
  'project-component-missing': {
    title: '组件不存在',
    message: '以 <{name}> 使用了 {component}，但没有 {file}',
    hint: '请添加该组件，或将它从 usingComponents 中移除。',
  },
  'package-file-foreign': {
    title: '不属于代码包的文件',
    message: '“{file}”随代码包一起保存，但不属于该项目',
    hint: '请用 npx miniapp upload 上传，它会略去不属于代码包的内容。',
  },
  'package-name': {
    title: 'Git 不接受的名称',
    message: '“{name}”无法保存：{why}',
    hint: '请改名，或将其移出项目。',
  },
  'package-secret': {
    title: '代码包中的密钥',
    message: '“{file}”含有 {what}；任何拿到代码包的人都能读到它',
    hint: '请将其移除，并作废已泄露的密钥。若它不是机密：--allow {word}',
  },
  'packages-too-many': {
    title: '一次变更涉及的版本过多',
    message: '本次变更涉及 {count} 个版本共 {bytes} 字节；一次最多检查 {limit} 个版本、{most} 字节',
    hint: '请拆分成多次变更，每个包含较少的版本。',
  },
  'package-refused': {
    title: '不能接收的代码包',
    message: '{version} 的代码包被拒绝：{what}',
    hint: '请在项目文件夹中用 npx miniapp upload 上传。',
  },
  'package-differs': {
    title: '版本记录与其代码包不符',
    message: '{version} 的 {field} 记录为 {recorded}，而其代码包得出 {found}',
    hint: '请按默认分支的工具用 npx miniapp upload 上传所指的内容；若已在默认分支上，请使用新的版本号。',
  },
  'package-missing': {
    title: '版本缺少代码包',
    message: '{version} 的代码包不在 {where} 中',
    hint: '请由持有者补传：{command}',
  },
  'package-unreachable': {
    title: '无法读取的代码包',
    message: '无法从 {where} 读取 {version} 的代码包：{why}',
    hint: '请推送到可以读取的地方：{command}',
  },
  'upload-config-missing': {
    title: '没有 project.tuya.json',
    message: '没有 project.tuya.json，因此未记录基础库和 Kit',
    hint: '请添加它，并写明 baseversion 和 dependencies。',
  },
  'upload-version-form': {
    title: '无法记录的版本',
    message: '{field} 是 {actual}，不是 MAJOR.MINOR.PATCH 形式的版本；未记录',
    hint: '请写成 2.14.2',
  },
  'upload-not-built': {
    title: '未构建的源码',
    message: 'Ray 尚未构建此项目（{folder} 中没有 app.json），因此记录的是源码',
    hint: '请先构建，使记录的内容与手机得到的一致。',
  },
  'upload-routes-open': {
    title: '未完整写出的路由',
    message: '此处没有写出全部路由，因此未记录其中的页面',
    hint: '请将路由写成列表，或先构建项目。',
  },
  'upload-page-twice': {
    title: '重复列出的页面',
    message: '页面 {page} 列出了两次',
    hint: '请保留其中一个。',
  },
  'upload-page-half': {
    title: '不完整的页面',
    message: '页面 {page} 没有 {what}',
    hint: '请添加，或将该页面从列表中移除。',
  },
  'upload-left-out': {
    title: '未包含在代码包中',
    message: '“{file}”是 {what}；已略去，且不读取它指向的内容',
    hint: '如果小程序需要它，请放入文件本身。',
  },
  'upload-unread': {
    title: '未检查地址',
    message: '未在“{file}”中检查地址：{detail}',
    hint: '请人工检查。',
  },
  'upload-unresolved': {
    title: '运行时才能知道的地址',
    message: '{api} 在此处调用的地址在代码运行时才能知道',
    hint: '请确认 domains.yaml 允许它。',
  },
  'upload-unnamed': {
    title: '名称未知的 API',
    message: '此处调用的厂商 API 在代码运行时才能知道名称；该版本视为使用了任意 API（ty.*）',
    hint: '如果希望审核员看到具体 API，请直接写出名称，例如 ty.getLocation(…)。',
  },
  'upload-budget': {
    title: '超出可跟踪的范围',
    message: '跟踪这些代码所需的步骤超过一次上传的上限；直接写出的地址都能找到，其他地址可能缺失',
    hint: '请人工检查由多个部分拼成的地址；可以移除未使用的库文件。',
  },
  'upload-unfollowed': {
    title: '未向其他文件跟踪',
    message: '已检查“{file}”，但未跟踪它提供给其他文件的内容：最多保留 {limit} 字节的代码',
    hint: '请移除未使用的库，或在调用处直接写出地址。',
  },
  'upload-not-packaged': {
    title: '代码包以外的内容所调用的地址',
    message:
      '结合代码包以外的内容（源码、tsconfig.json）可知会调用 {origins}；仅凭代码包看不出来，而版本文件只记录代码包中的内容',
    hint: '如果构建产物比源码旧，请重新构建后再次上传。',
  },
  'upload-lfs': {
    title: '文件位置上只有指针',
    message: '“{file}”是 Git LFS 的指针，而不是它所代表的文件；手机得到的将是这个指针',
    hint: '请先取得文件再上传：git lfs pull',
  },
  'upload-build-mark': {
    title: '每次构建都会重写的标记',
    message: '“{file}”记录了构建的时间，因此同一份源代码的两次构建会有不同的摘要',
    hint: '请在上传前删除它：运行时不会读取它。',
  },
  'upload-build-path': {
    title: '构建机器上的路径',
    message: '此文件中写有构建机器的文件夹 {path}，因此在别处构建会得到不同的摘要',
    hint: '请使用相对路径构建（例如固定的文件夹，或 webpack 的 output.devtoolModuleFilenameTemplate），或移除源码映射。',
  },
  'upload-inline-map': {
    title: '代码中内嵌的源码映射',
    message: '此文件内嵌了源码映射，共 {bytes} 字节，手机也会下载它，并且会随路径变化',
    hint: '请在构建时关闭内嵌源码映射（devtool: false、sourcemap: false）。',
  },
  'upload-more': {
    title: '警告过多，无法全部列出',
    message: '还有 {count} 条 {kind} 类警告',
    hint: '请先看前几条；其余大多相同。',
  },
  'upload-origin': {
    title: '代码调用了未允许的地址',
    message: '{api} 使用了 {origin}，domains.yaml 在 {regions} 不允许{more}',
    hint: '允许它：{command}',
  },
  'upload-refused': {
    title: '代码调用了永远不能允许的地址',
    message: '{api} 使用了 {what}，没有设置可以允许它：{why}{more}',
    hint: '请按名称调用 https 主机。',
  },
  'upload-cloud': {
    title: '代码调用了未允许的云能力',
    message: '调用了云能力 {name}，domains.yaml 不允许{more}',
    hint: '允许它：{command}',
  },
  'upload-shuts-out': {
    title: '将无法使用的 App 版本',
    message: '{version} 需要 {needs}；{app} {versions} 无法运行它{users}，而线上的 {online} 可以',
    hint: '请降低 project.tuya.json 中的 baseversion 或 Kit 版本，或在知情的前提下发布。',
  },
};
