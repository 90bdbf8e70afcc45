/** Chinese: what is said of files that do not agree: the rules of core/rules/. */
import type { rules as English } from '../en/rules.ts';
import type { Sentences } from '../sentences.ts';

export const rules: Sentences<typeof English> = {
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
    title: '未经审核通过即发布',
    message: '{version} 是 {here}，但其审核状态为 {status}；只有审核通过的版本才能上线',
    hint: '请先将它从 release.yaml 中移除。然后：{next}（{command}）',
  },
  'admin-missing': {
    title: '没有管理员',
    message: '没有任何在职成员是管理员；每个小程序至少需要一名管理员',
    hint: '请为某位成员设置 role: admin',
  },
  'manager-missing': {
    title: '没有在职的 App 管理者',
    message: '{app} 的管理者均已离开，因此无人可以同意新的投放',
    hint: '请指定一位在职人员，或移除这些管理者：npx miniapp app edit {app} --add-manager LOGIN，或 --remove-manager',
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
    hint: '请写明自己拥有的下级主机名，例如 https://api.{host}',
  },
  'domain-canonical': {
    title: '不是规范写法',
    message: '“{origin}”不是规范写法',
    hint: '请写 {canonical}',
  },
  'name-alike': {
    title: '名称与其他条目相同或相似',
    message: '“{name}”容易与 {others} 的名称混淆',
    hint: '如果它们并不相同，请为其中一个换个名称；如果其中一个已不再使用，请将其标明。对于此条目：{commands}',
  },
  'domain-lookalike': {
    title: '主机名与其他主机名相似',
    message: '“{origin}”显示为“{unicode}”，容易被误认为 {looksLike}',
    hint: '请确认这就是所指的主机。',
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
    title: '链接模板无法填写',
    message: '模板 {field} 有误：{detail}',
    hint: '可用变量：scheme、miniapp、version、page、query 和 url（url 模板自身不能使用 {url}），格式遵循 RFC 6570',
  },
  'link-scheme': {
    title: '链接中的 scheme 被转写',
    message: '{app} 的链接以 {written}: 而不是 {scheme}: 开头，无法打开该 App：{plain} 会把 + 写成 %2B',
    hint: '请将 platform.yaml 中以 {plain} 开头的模板改为以 {reserved} 开头',
  },
  'archived-in-use': {
    title: '已归档却仍在使用',
    message: '{miniapp} 已归档，但 {version} 仍在线上、体验中或审核中',
    hint: '请先执行：{command}。或恢复该小程序：npx miniapp edit {miniapp} --unarchive',
  },
  'scenario-broken': {
    title: '承诺未满足',
    message: '“{name}”期望 {expected}，但实际结果为 {actual}',
    hint: '查看原因：{command}。若该承诺应随此操作改变，请在同一变更中一并修改：publish、rollback、revoke、rollout、experience、trafficking 和 whitelist 可加 --update-scenarios；否则先由该小程序的管理员或开发者执行 scenario add 或 scenario remove',
  },
  'scenario-suspended': {
    title: '承诺暂不成立',
    message: '“{name}”暂不成立：目前的结果为 {actual}',
    hint: '停用服务、撤销审核通过或白名单到期时，承诺可以暂不成立。现在能做什么：npx miniapp show {miniapp}',
  },
};
