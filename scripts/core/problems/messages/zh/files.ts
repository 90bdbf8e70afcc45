/** Chinese: what is said of files and of YAML. */
import type { files as English } from '../en/files.ts';
import type { Sentences } from '../sentences.ts';

export const files: Sentences<typeof English> = {
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
};
