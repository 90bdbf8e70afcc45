/** Chinese: what is said of the fields of one file. */
import type { fields as English } from '../en/fields.ts';
import type { Sentences } from '../sentences.ts';

export const fields: Sentences<typeof English> = {
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
};
