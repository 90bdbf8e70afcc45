/**
 * Chinese: the same keys and arguments as `en.ts`. Terms are those of the vendor's Chinese platform (投放, 白名单, 体验版,
 * 线上版本, 审核), the outcomes' messages those of its FAQ: https://developer.tuya.com/cn/miniapp/common/desc/faq
 */
import { zh as resolution } from './resolution/zh.ts';
import type { Messages } from './en.ts';

export const zh: Messages = {
  ...resolution,
  problems: {
    'file-unknown': {
      title: '多余的文件',
      message: '“{file}”不是配置文件',
      hint: '请删除它，或按 config/README.md 所列的文件名重新命名。{near}',
    },
    'files-unknown': {
      title: '还有更多不属于这里的文件',
      message: '另有 {count} 个文件不是配置文件，其中有“{file}”',
      hint: '请移除它们；其余文件已逐一列出。',
    },
    'file-not-plain': {
      title: '不是普通文件',
      message: '“{file}”的类型为 {what}；此处只允许没有可执行权限的普通文件',
      hint: '{fix}',
    },
    'file-too-large': {
      title: '文件过大',
      message: '“{file}”为 {bytes} 字节，超过此类文件的上限 {limit} 字节',
      hint: '请移除多余内容，或拆分该文件。',
    },
    'file-missing': {
      title: '缺少必需的文件',
      message: '缺少 {file}',
      hint: '请添加该文件；config/README.md 中有示例。',
    },
    'file-unreadable': {
      title: '文件无法读取',
      message: '无法读取“{file}”：{detail}',
      hint: '请检查文件权限。',
    },
    'file-case-collision': {
      title: '文件名仅大小写不同',
      message: '{file} 与 {other} 仅大小写不同；部分文件系统和 GitHub 会把它们当作同一个文件',
      hint: '请只保留其中一个。',
    },
    'lfs-pointer': {
      title: 'Git LFS 指针文件',
      message: '{file} 是 Git LFS 指针，而不是文件本身',
      hint: '请提交文件本身：先执行 git lfs untrack，再重新添加该文件。',
    },
    'utf8-invalid': {
      title: '不是 UTF-8 编码',
      message: '文件不是有效的 UTF-8 编码',
      hint: '请以 UTF-8 编码保存。',
    },
    'bom-found': {
      title: '字节顺序标记',
      message: '文件以字节顺序标记（BOM）开头',
      hint: '请以不带 BOM 的 UTF-8 编码保存。',
    },
    'carriage-return-found': {
      title: 'Windows 换行符',
      message: '存在回车符；每行只能以换行符（LF）结尾',
      hint: '请以 LF 换行符保存（执行 git add --renormalize . 后，.gitattributes 会负责保持）。',
    },
    'tab-found': {
      title: '制表符',
      message: '存在制表符；YAML 使用空格缩进',
      hint: '请替换为空格；在文本中请用双引号并写作 \\t。',
    },
    'control-character-found': {
      title: '不可见字符',
      message: '存在字符 {character}，它不可见，可能误导审核员',
      hint: '请删除该字符。',
    },
    'file-empty': {
      title: '空文件',
      message: '文件为空',
      hint: '请填写内容（config/README.md 中有示例），或删除该文件。',
    },
    'yaml-syntax': {
      title: '不是有效的 YAML',
      message: '不是有效的 YAML：{detail}',
      hint: '请修正此处；带 YAML 扩展的编辑器会给出相同的提示。',
    },
    'yaml-documents': {
      title: '一个文件包含多个文档',
      message: '此处开始了第二个 YAML 文档',
      hint: '每个文件只保留一个文档：请删除 --- 这一行。',
    },
    'yaml-directive': {
      title: 'YAML 指令',
      message: '存在 YAML 指令（%…），此处不使用指令',
      hint: '请删除该行。',
    },
    'yaml-anchor': {
      title: '锚点或别名',
      message: '{what} {name}：此处不使用锚点和别名，文件内容应一目了然',
      hint: '请直接写出完整的值。',
    },
    'yaml-tag': {
      title: '标签',
      message: '存在标签 {name}：此处不使用 YAML 标签',
      hint: '请删除标签；如果文本会被误认为其他类型，请加引号。',
    },
    'yaml-merge-key': {
      title: '合并键',
      message: '存在合并键（<<）：此处不使用合并键',
      hint: '请直接写出各个值。',
    },
    'yaml-duplicate-key': {
      title: '键重复',
      message: '“{key}”已在第 {line} 行设置',
      hint: '请只保留其中一个。',
    },
    'yaml-key': {
      title: '键不是文本',
      message: '键 {key} 不是文本',
      hint: '如果它应为文本，请加引号。',
    },
    'yaml-key-reserved': {
      title: '会被程序误解的键',
      message: '此处不使用键 {key}：部分程序不会把它当作名称',
      hint: '请换一个名称；加引号也无济于事。',
    },
    'yaml-number-form': {
      title: '不同读取程序会读出不同数值的写法',
      message: '{field} 写作 {actual}，此处读作 {value}，其他程序可能读作另一个数或文本',
      hint: '请写 {value}',
    },
    'yaml-nesting': {
      title: '嵌套过深',
      message: '嵌套超过 {limit} 层',
      hint: '配置文件不需要这么深的嵌套；请检查缩进和括号。',
    },
    'yaml-entries': {
      title: '条目过多',
      message: '共有 {entries} 个条目，超过单个列表、映射或文件的上限 {limit}',
      hint: '配置文件不需要这么多条目，请拆分或删除一部分。',
    },
    'problems-more': {
      title: '问题过多，无法全部列出',
      message: '{file} 另有 {count} 个问题',
      hint: '请先修正前面的问题，其余多半相同。',
    },
    'field-missing': {
      title: '缺少必填字段',
      message: '缺少“{field}”（{description}）',
      hint: '请添加，例如 {example}',
    },
    'field-unknown': {
      title: '未知字段',
      message: '此处没有“{field}”字段',
      hint: '{near}',
    },
    'field-type': {
      title: '值的类型错误',
      message: '{field} 的值为 {actual}；类型必须为：{expected}',
      hint: '{hint}',
    },
    'field-value': {
      title: '值不在允许范围内',
      message: '{field} 的值为 {actual}；必须为以下之一：{expected}',
      hint: '{near}',
    },
    'field-pattern': {
      title: '值的格式错误',
      message: '{field} 的值为 {actual}；应为：{description}',
      hint: '{next}',
    },
    'field-limit': {
      title: '长度或数量超出限制',
      message: '{field} 超出限制：{limit}',
      hint: '{description}，例如 {example}',
    },
    'field-not-allowed': {
      title: '字段与其他字段冲突',
      message: '“{field}”不能与此处的其他字段同时使用',
      hint: '请删除该字段。{description}',
    },
    'list-duplicate': {
      title: '条目重复',
      message: '{field} 中有重复的条目：第 {first} 项与第 {second} 项',
      hint: '请只保留其中一个。',
    },
    'identity-mismatch': {
      title: '路径与标识不一致',
      message: '{field} 为“{actual}”，但路径表示的是“{expected}”',
      hint: '请将此处改为“{expected}”，或将文件移动到 {path}',
    },
    'reference-unknown': {
      title: '引用的名称不存在',
      message: '不存在名为“{name}”的 {kind}',
      hint: '{near}',
    },
    'region-outside-app': {
      title: '投放区域不在 App 的服务范围内',
      message: 'App“{app}”未服务区域“{region}”；其服务区域为 {regions}',
      hint: '请在此处删除该区域，或将其添加到 apps/{app}.yaml',
    },
    'default-app-missing': {
      title: '没有默认 App',
      message: '没有任何 App 设置 default: true；必须有一个默认 App，它无需投放即可打开体验版',
      hint: '请为该 App 添加 default: true，例如在 {file} 中',
    },
    'default-app-several': {
      title: '存在多个默认 App',
      message: '“{app}”和“{other}”都设置了 default: true；只能有一个默认 App',
      hint: '请删除其中一个的 default。',
    },
    'review-pending-several': {
      title: '多个版本同时审核中',
      message: '{version} 和 {other} 都在审核中；一个小程序同一时间只能有一个审核中的版本',
      hint: '请撤回其中一个：npx miniapp withdraw {miniapp} {other}',
    },
    'review-by-author': {
      title: '由作者本人审核',
      message: 'reviewedBy 为 {login}，此人也是该版本的操作者（{did}）；审核员必须是其他人',
      hint: '请由其他审核员通过或驳回该版本。',
    },
    'release-version-twice': {
      title: '同一版本在发布中出现两次',
      message: '{version} 既是 {here}，又是 {there}；一个版本只能处于一个位置',
      hint: '请删除其中一处。',
    },
    'release-not-approved': {
      title: '未通过审核即发布',
      message: '{version} 是 {here}，但其审核状态为 {status}；只有审核通过的版本才能上线',
      hint: '请先将它从 release.yaml 中移除。然后：{next}（{command}）',
    },
    'admin-missing': {
      title: '没有管理员',
      message: '没有任何在职成员是管理员；每个小程序至少需要一名管理员',
      hint: '请为某位成员设置 role: admin',
    },
    'owner-missing': {
      title: '没有平台所有者',
      message: 'people/ 中没有平台所有者，因此无人可以修改平台设置',
      hint: '请为 people/ 中的某人添加 platformRoles: [owner]',
    },
    'row-duplicate': {
      title: '行重复',
      message: '{what} 出现了第二行；第一行是第 {first} 行',
      hint: '请只保留其中一行。',
    },
    'runtime-shares': {
      title: '占比之和超过 100%',
      message: '{app} 各版本的占比之和为 {sum}%，最多为 100%',
      hint: '请更正占比；未知的占比可以不写。',
    },
    'runtime-kit-unused': {
      title: '没有小程序需要的 Kit',
      message: '{app} 的版本登记了 Kit {kit}，但没有任何小程序的版本需要它',
      hint: '请检查拼写：目前它不起任何作用。{near}',
    },
    'accounts-key-missing': {
      title: '缺少摘要密钥',
      message: '账号应以摘要保存，但 accountsKey 没有说明使用哪个密钥',
      hint: '请让工具生成密钥并转换现有账号：npx miniapp accounts migrate',
    },
    'account-plain': {
      title: '账号以明文保存',
      message: '账号 {account} 以明文写在这里，而 platform.yaml 要求 accounts: digest',
      hint: '请转换：npx miniapp accounts migrate --miniapp {miniapp}。已推送的内容仍可在历史和拉取请求中读到，处理办法见 .github/SETUP.md 的“Erasing an account”。',
    },
    'account-digest': {
      title: '明文平台中出现摘要',
      message: '{account} 是摘要，而 platform.yaml 以明文保存账号，因此它不匹配任何人',
      hint: '请写账号本身，或改为保存摘要：npx miniapp accounts migrate',
    },
    'account-key-differs': {
      title: '摘要使用了另一个密钥',
      message: '{account} 由密钥 {key} 生成，而平台使用 {expected}，因此它不匹配任何人',
      hint: '请用平台的密钥重新生成：npx miniapp accounts hash ACCOUNT',
    },
    'account-in-text': {
      title: '文字中似乎有账号',
      message: '这段文字似乎包含邮箱或电话号码，而此平台以摘要保存账号',
      hint: '请换一种写法：角色、团队或设备同样可以区分各行。',
    },
    'avatar-missing': {
      title: '缺少头像',
      message: '头像“{avatar}”不在 miniapp.yaml 所在的文件夹中',
      hint: '请添加图片：PNG、JPEG、WebP 或 SVG，边长 16 至 1024 像素，不超过 256 KB',
    },
    'avatar-format': {
      title: '头像格式与文件名不符',
      message: '“{avatar}”实际为 {actual}，而不是文件名所示的 {expected}',
      hint: '请重新保存为 {expected}，或修改文件名。',
    },
    'avatar-size': {
      title: '头像尺寸过大或过小',
      message: '“{avatar}”为 {width} × {height} 像素；边长允许 16 至 1024 像素',
      hint: '请缩放图片；256 × 256 适用于所有位置。',
    },
    'avatar-active': {
      title: '头像包含活动内容',
      message: '“{avatar}”包含 {what}；头像只能是纯图片',
      hint: '请导出为纯 SVG 或 PNG。',
    },
    'whitelist-never-matches': {
      title: '白名单条目不会生效',
      message: '小程序未投放到“{app}”，且它不是默认 App，因此该条目不会生效',
      hint: '请投放：npx miniapp trafficking add {miniapp} --app {app} --region {region}，或删除该条目。',
    },
    'whitelist-expired': {
      title: '白名单条目已到期',
      message: '该条目已于 {expires} 到期',
      hint: '请删除该条目，或设置更晚的日期。',
    },
    'domain-form': {
      title: '不是有效的域名',
      message: '“{origin}”不是 https 域名',
      hint: '请写 https:// 加主机名，例如 https://api.example.com',
    },
    'domain-scheme': {
      title: '不是 https',
      message: '“{origin}”不是 https；不允许请求其他协议',
      hint: '请写 https://{host}',
    },
    'domain-extra': {
      title: '域名包含多余内容',
      message: '“{origin}”包含 {what}；此处只能是 https:// 加主机名',
      hint: '请写 https://{host}',
    },
    'domain-wildcard': {
      title: '通配符',
      message: '“{origin}”包含通配符；每个主机名必须逐一列出',
      hint: '请列出小程序请求的每个主机名。',
    },
    'domain-ip': {
      title: 'IP 地址',
      message: '“{origin}”是 IP 地址；需要使用主机名',
      hint: '请使用证书对应的主机名。',
    },
    'domain-local': {
      title: '本地名称',
      message: '“{origin}”只在某台机器或局域网内有意义',
      hint: '请使用公网主机名。',
    },
    'domain-public-suffix': {
      title: '公共后缀',
      message: '“{host}”是公共后缀，任何人都可以在其下注册域名',
      hint: '请写明归您所有的下级主机名，例如 https://api.{host}',
    },
    'domain-canonical': {
      title: '不是规范写法',
      message: '“{origin}”不是规范写法',
      hint: '请写 {canonical}',
    },
    'name-alike': {
      title: '名称与其他条目相同或相似',
      message: '“{name}”容易与 {others} 的名称混淆',
      hint: '如果它们并不相同，请为其中一个换个名称。如果其中一个已不再使用：npx miniapp edit ID --archive',
    },
    'domain-lookalike': {
      title: '主机名与其他主机名相似',
      message: '“{origin}”显示为“{unicode}”，容易被误认为 {looksLike}',
      hint: '请确认这就是您所指的主机。',
    },
    'domain-suffix-unknown': {
      title: '主机名的后缀不在任何注册机构的名单中',
      message: '“{origin}”以 .{suffix} 结尾，没有注册机构提供此后缀',
      hint: '请检查其结尾的拼写。',
    },
    'date-invalid': {
      title: '日期不存在',
      message: '“{value}”不是有效日期',
      hint: '请检查月份和日期。',
    },
    'github-id-duplicate': {
      title: '同一 GitHub 账号对应两个人',
      message: '{login} 与 {other} 的 githubId 相同：{githubId}',
      hint: '每个 GitHub 账号对应一个文件；可在 https://api.github.com/users/{login} 查询 id',
    },
    'login-taken': {
      title: '登录名已属于他人',
      message: '{login} 也是 {other} 的登录名或曾用登录名；GitHub 不区分大小写',
      hint: '一个登录名只对应一个账号：请从两者之一中删除它。',
    },
    'person-left': {
      title: '人员已离开',
      message: '{login} 已于 {left} 离开，不再拥有任何权限；但仍担任 {role}',
      hint: '请移除该角色。',
    },
    'language-unknown': {
      title: '平台不支持的语言',
      message: '“{language}”不在 platform.yaml 的语言列表（{languages}）中，因此不会展示给任何人',
      hint: '请将其添加到 platform.yaml，或在此处删除。',
    },
    'language-fallback-missing': {
      title: '缺少默认语言的文案',
      message: '{field} 没有默认语言 {language} 的文案',
      hint: '请添加 {language}。',
    },
    'strings-incomplete': {
      title: '文案未翻译完整',
      message: '{language} 缺少 {fallback} 全部 {total} 条文案中的 {count} 条，首条为 {example}',
      hint: '查看缺少的文案：npx miniapp language check {miniapp}',
    },
    'version-order': {
      title: '版本号顺序错误',
      message: '{version} 于 {time} 上传，晚于 {other}，但版本号更低',
      hint: '新版本的版本号必须高于此前上传的所有版本。',
    },
    'package-unproven': {
      title: '缺少摘要',
      message: '{version} 没有 package，因此无法证明上传的内容',
      hint: '请使用 npx miniapp upload 上传，它会记录摘要。',
    },
    'link-template': {
      title: '链接模板无法填充',
      message: '模板 {field} 有误：{detail}',
      hint: '可用变量：scheme、miniapp、version、page、query 和 url（url 模板自身不能使用 {url}），格式遵循 RFC 6570',
    },
    'archived-in-use': {
      title: '已归档却仍在使用',
      message: '{miniapp} 已归档，但 {version} 仍在线上、体验中或审核中',
      hint: '请先执行：{command}。或恢复该小程序：npx miniapp edit {miniapp} --unarchive',
    },
    'scenario-broken': {
      title: '场景承诺未满足',
      message: '“{name}”期望 {expected}，但实际结果为 {actual}',
      hint: '查看原因：{command}。若该承诺应随此操作改变，请在同一变更中一并修改：publish、rollback、revoke、rollout、experience、trafficking 和 whitelist 可加 --update-scenarios；否则先由该小程序的管理员或开发者执行 scenario add 或 scenario remove',
    },
    'scenario-suspended': {
      title: '暂停的承诺',
      message: '“{name}”暂缓：目前的结果为 {actual}',
      hint: '停用服务、撤销通过或白名单到期时，承诺可以暂不成立。现在能做什么：npx miniapp show {miniapp}',
    },
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
      message: '{field} 是 "{folder}"，位于项目之外；项目之外的内容不会被读取',
      hint: '请指定项目内的文件夹，或上传包含两者的文件夹。',
    },
    'project-root-empty': {
      title: '项目指定的位置没有 app.json',
      message: '小程序应在 "{folder}" 中，但 {what}',
      hint: '请先构建项目，或更正该文件夹。',
    },
    'project-pages-none': {
      title: '没有页面',
      message: 'app.json 没有列出任何页面',
      hint: '请列出页面，例如 pages/index/index',
    },
    'project-page-form': {
      title: '不是页面',
      message: '"{page}" 不是页面路径',
      hint: '页面由斜杠分隔的字母、数字、连字符、下划线和点组成，最多 256 个字符。',
    },
    'project-page-missing': {
      title: '没有文件的页面',
      message: '列出了页面 {page}，但没有文件 {file}',
      hint: '请添加该页面，或将其从列表中移除。',
    },
    'project-name': {
      title: '代码包中不能有的文件名',
      message: '"{name}"：文件名须为 UTF-8，不含控制字符和反斜杠，且不得重复',
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
      message: '"{file}" 随代码包一起保存，但不属于该项目',
      hint: '请用 npx miniapp upload 上传，它会略去不属于代码包的内容。',
    },
    'package-name': {
      title: 'Git 不接受的名称',
      message: '"{name}" 无法保存：{why}',
      hint: '请改名，或将其移出项目。',
    },
    'package-secret': {
      title: '代码包中的密钥',
      message: '"{file}" 含有 {what}；任何拿到代码包的人都能读到它',
      hint: '请将其移除，并作废已泄露的密钥。若它不是机密：--allow {word}',
    },
    'packages-too-many': {
      title: '一次改动涉及的版本过多',
      message: '本次改动涉及 {count} 个版本共 {bytes} 字节；一次最多检查 {limit} 个版本、{most} 字节',
      hint: '请拆分成多个改动，每个包含较少的版本。',
    },
    'package-refused': {
      title: '不能接收的代码包',
      message: '{version} 的代码包被拒绝：{what}',
      hint: '请在项目文件夹中用 npx miniapp upload 上传。',
    },
    'package-differs': {
      title: '版本记录与其字节不符',
      message: '{version} 的 {field} 记录为 {recorded}，而其字节得出 {found}',
      hint: '请按默认分支的工具用 npx miniapp upload 上传所指的内容；若已在默认分支上，请使用新的版本号。',
    },
    'package-missing': {
      title: '版本缺少字节',
      message: '{version} 的字节不在 {where} 中',
      hint: '请由持有者补传：{command}',
    },
    'package-unreachable': {
      title: '无法读取的字节',
      message: '无法从 {where} 读取 {version} 的字节：{why}',
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
      message: '此处没有写出全部路由，因此部分页面未记录',
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
      message: '"{file}" 是 {what}；已略去，且不读取它指向的内容',
      hint: '如果小程序需要它，请放入文件本身。',
    },
    'upload-unread': {
      title: '未检查地址',
      message: '未在 "{file}" 中检查地址：{detail}',
      hint: '请人工检查。',
    },
    'upload-unresolved': {
      title: '运行时才能知道的地址',
      message: '{api} 在此处调用的地址在代码运行时才能知道',
      hint: '请确认 domains.yaml 允许它。',
    },
    'upload-unnamed': {
      title: '名称未知的 API',
      message: '此处调用的平台 API 在代码运行时才能知道名称；该版本视为使用了任意 API（ty.*）',
      hint: '如果希望审核者看到具体 API，请直接写出名称，例如 ty.getLocation(…)。',
    },
    'upload-budget': {
      title: '超出可跟踪的范围',
      message: '跟踪这些代码所需的步骤超过一次上传的上限；直接写出的地址都能找到，其他地址可能缺失',
      hint: '请人工检查由多个部分拼成的地址；可以移除未使用的库文件。',
    },
    'upload-unfollowed': {
      title: '未向其他文件跟踪',
      message: '已检查 "{file}"，但未跟踪它提供给其他文件的内容：最多保留 {limit} 字节的代码',
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
      message: '"{file}" 是 Git LFS 的指针，而不是它所代表的文件；手机得到的将是这个指针',
      hint: '请先取得文件再上传：git lfs pull',
    },
    'upload-build-mark': {
      title: '每次构建都会重写的标记',
      message: '"{file}" 记录了构建的时间，因此同一份源代码的两次构建会有不同的摘要',
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
    'merge-conflict': {
      title: '无法干净合并',
      message: '{file} 在两边都被修改，Git 无法合并',
      hint: '请更新你的分支：git merge {base}，并解决冲突。',
    },
    'change-too-large': {
      title: '变更的文件过多',
      message: '变更了超过 {most} 个文件（其中有 {file}），或者其目录展开后超过此数，因此不作判定',
      hint: '请移除不该包含的内容，或拆成几个拉取请求。',
    },
    'file-moved': {
      title: '会落到另一个文件',
      message: 'Git 把 {to} 当作改了名的 {from}，合并会把别处的改动写进 {to}，而没有人审阅过这里的内容',
      hint: '该文件在 {base} 上已移动：请更新分支，从最新的 {base} 重新开始，在应改之处重做这项改动。',
    },
    'merges-too-many': {
      title: '分支中的合并过多',
      message: '该分支含有超过 {most} 个合并提交，其中可能移动了任何内容，因此不作判定',
      hint: '请在最新的 {base} 上整理成一个提交：git rebase {base}，或 git merge --squash。',
    },
    'change-mixed': {
      title: '配置与代码混在一起',
      message: '{file} 与 config/ 在同一次变更中修改，而变更由基准分支上的代码判定',
      hint: '请拆成两个拉取请求：一个只改 config/，另一个改其余内容。',
    },
    'version-altered': {
      title: '已上传的版本被改动',
      message: '{version} 的 {field} 被改动；已上传的内容不可更改，只有审核状态可以变化',
      hint: '请恢复该文件，并上传新版本。',
    },
    'version-born-reviewed': {
      title: '新版本自带审核结果',
      message: '{version} 是新版本，却已是 {status}',
      hint: '上传时不要写 review，或只写由你提交的 pending 状态。',
    },
    'version-not-higher': {
      title: '版本号没有更高',
      message: '{version} 不高于之前上传过的 {highest}',
      hint: '请使用高于 {highest} 的版本号，即使该版本已被删除。',
    },
    'step-unknown': {
      title: '审核没有这一步',
      message: '{version} 从 {from} 变为 {to}，没有这样的操作',
      hint: '从 {from} 可以进行：{allowed}',
    },
    'release-unexplained': {
      title: '无法解释的发布状态',
      message: '{field} 是 {actual}，没有任何操作会得到它；按本次变更的操作应为 {expected}',
      hint: '请用 npx miniapp publish、rollback、enable、disable 或 experience 来修改。',
    },
    'rollout-narrowed': {
      title: '灰度范围不能缩小',
      message: '{version} 灰度的 {field} 从 {from} 变为 {to}；灰度只能扩大',
      hint: '请先停止灰度，再按需要的范围重新开始：npx miniapp rollout stop {miniapp}',
    },
    'rollout-alone': {
      title: '没有线上版本却在灰度',
      message: '{version} 正在灰度，但没有供其他账号使用的线上版本',
      hint: '请直接发布：首个版本面向所有人。或者移除 rollout。',
    },
    'rollout-reaches-nobody': {
      title: '灰度范围内没有用户',
      message: '没有人会得到 {version}：小程序未投放到该灰度覆盖的任何 App 和区域',
      hint: '请指定已投放的 App 和区域，或在该范围内投放：npx miniapp trafficking add {miniapp} --app {app} --region {region}',
    },
    'rollout-percent': {
      title: '灰度比例过细',
      message: '{percent}% 的小数超过两位',
      hint: '请写 {rounded}',
    },
    'release-sequence': {
      title: '序号不连续',
      message: 'sequence 原为 {before}，现为 {actual}；就本次服务变更（{why}）而言应为 {expected}',
      hint: '设备依此判断新旧：每次服务变更恰好加一，其他改动不变。npx miniapp publish、rollback、rollout、enable 和 disable 会写入它。若已有其他变更先合并，请重新执行该步骤。',
    },
    'delete-refused': {
      title: '版本不能删除',
      message: '{version} 是 {what}；只有不是体验版的开发版本才能删除',
      hint: '请恢复该文件。',
    },
    'miniapp-removed': {
      title: '小程序被删除',
      message: '{miniapp} 已不存在；小程序永不删除，以保证其 ID 和历史始终有意义',
      hint: '请恢复该目录。要停止服务：npx miniapp disable {miniapp}',
    },
    'miniapp-id-used': {
      title: '用过的 ID',
      message: '{miniapp} 曾是另一个小程序的 ID；ID 不会重复使用',
      hint: '请用 npx miniapp create 生成新的 ID。',
    },
    'create-without-admin': {
      title: '新小程序缺少创建者',
      message: '{actor} 创建了 {miniapp}，却不是它的管理员',
      hint: '请在其 members.yaml 中加入 {actor}，角色为 admin。',
    },
    'create-released': {
      title: '新小程序已带发布内容',
      message: '{miniapp} 是新建的，却已有 {what}',
      hint: '请先创建，再提交审核和上线。',
    },
    'type-changed': {
      title: '类型被更改',
      message: '类型从 {before} 变为 {after}；类型不可更改',
      hint: '请恢复，并为另一类型创建新的小程序。',
    },
    'stamp-wrong': {
      title: '署名不符',
      message: '{field} 是 {actual}，应为 {expected}',
      hint: '请写 {expected}，或由此人来操作。',
    },
    'actor-unknown': {
      title: '不在 people/ 中的人',
      message: '{actor} 不在基准分支的 people/ 中，或已离开',
      hint: '变更由平台的人员进行。{next}',
    },
    'actor-not-allowed': {
      title: '没有权限',
      message: '{actor} 不能执行 {what}；这属于 {roles}',
      hint: '请让其中一人来做或批准：{holders}',
    },
    'two-steps': {
      title: '同一版本一次走了两步',
      message: '{version} 在一次变更中同时进行 {first} 和 {second}',
      hint: '请分成两次变更。',
    },
    'auto-approve-refused': {
      title: '不能自动通过',
      message: '{version} 不能自动通过：{why}',
      hint: '请由审核员审核。',
    },
    'step-not-now': {
      title: '目前不能执行此操作',
      message: '不能执行操作 {step}：{state}',
      hint: '目前可以执行：{possible}',
    },
    'already-there': {
      title: '同名内容已存在',
      message: '{kind} {name} 已存在，且内容不同',
      hint: '如需修改：{command}',
    },
    'people-removed': {
      title: '一次移除过多人员',
      message: '{total} 人中有 {count} 人被移除或变成了其他账号，超过五分之一',
      hint: '请分多次进行，以便逐一审视。',
    },
    'beginning-added': {
      title: '起点来得太晚',
      message: '这里已有配置，却才设置 beginning；在它之前发生的事将再也不会被复核',
      hint: '删除这一行。只有自己平台的第一个提交才能设置它，并且直接提交到默认分支：npx miniapp init --commit',
    },
    'beginning-changed': {
      title: '起点永不改变',
      message: 'beginning 原为 {before}；审计从带来它的那个提交算起，因此它永不改变，也不可删除',
      hint: '改回 beginning: {before}',
    },
    'owner-last': {
      title: '没有所有者',
      message: '此变更之后平台将没有所有者',
      hint: '请先让其他人成为所有者。',
    },
    'report-month': {
      title: '日期属于其他月份',
      message: '{date} 不在 {month} 内',
      hint: '请将该行移动到 reports/{right}.yaml',
    },
    'report-figures': {
      title: '数据相互矛盾',
      message: '{smaller} 为 {smallerValue}，大于 {larger} 的 {largerValue}',
      hint: '请核对当天的数据。',
    },
    'table-unreadable': {
      title: '无法读取的表格',
      message: '不是可以读取的表格：{detail}',
      hint: '请在此处改正；在 CSV 中，含有逗号、引号或换行的内容要加引号。',
    },
    'table-empty': {
      title: '没有条目的文件',
      message: '文件中没有条目',
      hint: '至少需要一个条目。{expected}',
    },
    'table-column': {
      title: '列缺失或未知',
      message: '列或字段不符：{what}',
      hint: '请更正名称。{near}',
    },
    'table-cells': {
      title: '行的长度不同',
      message: '该行有 {cells} 个单元格，表头有 {columns} 个',
      hint: '含有逗号的文本请加引号。',
    },
    'table-value': {
      title: '无法接受的值',
      message: '{field} 为 {actual}；应为 {expected}',
      hint: '请更正。{next}',
    },
    'table-row-twice': {
      title: '重复的行',
      message: '{what} 已在第 {line} 行出现',
      hint: '请保留其中之一。',
    },
    'import-differs': {
      title: '双方内容不同',
      message: '{what} 在配置中为 {have}，在文件中为 {given}',
      hint: '如要采用文件内容：{option}',
    },
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
