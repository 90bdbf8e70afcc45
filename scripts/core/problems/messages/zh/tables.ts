/** Chinese: what is said of reports, and of files that are imported. */
import type { tables as English } from '../en/tables.ts';
import type { Sentences } from '../sentences.ts';

export const tables: Sentences<typeof English> = {
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
};
