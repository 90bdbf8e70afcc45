/** Chinese: what is said of a change: which step it is, and whether it may be. */
import type { changes as English } from '../en/changes.ts';
import type { Sentences } from '../sentences.ts';

export const changes: Sentences<typeof English> = {
  'merge-conflict': {
    title: '无法干净合并',
    message: '{file} 在两边都被修改，Git 无法合并',
    hint: '请更新分支：{command}，并解决冲突。',
  },
  'change-too-large': {
    title: '变更的文件过多',
    message: '变更了超过 {most} 个文件（其中有 {file}），或者其文件夹展开后超过此数，因此不作判定',
    hint: '请移除不该包含的内容，或拆成几个拉取请求。',
  },
  'file-moved': {
    title: '会落到另一个文件',
    message: 'Git 把 {to} 当作改了名的 {from}，合并会把别处的变更写进 {to}，而没有人看过那些内容',
    hint: '该文件在 {base} 上已移动：请从那里重新建立分支（{command}），在应改之处重新作出这项变更。',
  },
  'history-unrelated': {
    title: '自带另一段历史',
    message: '该分支带来与 {base} 没有共同历史、或仅在平台开始之前有共同历史的提交；合并后历史就会重新开始',
    hint: '请去掉这些提交：从最新的 {base} 新建分支（{command}），在那里作出变更。',
  },
  'folder-moved': {
    title: '来自配置文件夹移动之前',
    message: '该分支来自 {base} 上配置从 {from} 移到 {to} 之前；它在 {from} 中的变更在那里已没有位置',
    hint: '请从最新的 {base} 新建分支（{command}），在 {to} 中重新作出这项变更。',
  },
  'merges-too-many': {
    title: '分支中的合并过多',
    message: '该分支含有超过 {most} 个合并提交，其中可能移动了任何内容，因此不作判定',
    hint: '请在最新的 {base} 上整理成一个提交：{command}，或在新分支上 git merge --squash。',
  },
  'change-mixed': {
    title: '配置与代码混在一起',
    message: '{file} 与 config/ 在同一次变更中修改，而变更由基准分支上的代码判定',
    hint: '请拆成两个拉取请求：一个只改 config/，另一个改其余内容。',
  },
  'version-altered': {
    title: '已上传的版本被修改',
    message: '{version} 的 {field} 被修改；已上传的内容不可更改，只有审核状态可以变化',
    hint: '请恢复该文件，并上传新版本。',
  },
  'version-born-reviewed': {
    title: '新版本自带审核结果',
    message: '{version} 是新版本，却已是 {status}',
    hint: '上传时不要写 review，或只写由本人提交的 pending 状态。',
  },
  'version-not-higher': {
    title: '版本号没有更高',
    message: '{version} 不高于之前上传过的 {highest}',
    hint: '请使用高于 {highest} 的版本号，即使该版本已被删除。',
  },
  'step-unknown': {
    title: '审核没有这样的操作',
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
    hint: '设备依此判断新旧：每次服务变更恰好加一，其他变更不加。npx miniapp publish、rollback、rollout、enable 和 disable 会写入它。若已有其他变更先合并，请重新执行该操作。',
  },
  'delete-refused': {
    title: '版本不能删除',
    message: '{version} 是 {what}；只有不是体验版的开发版本才能删除',
    hint: '请恢复该文件。',
  },
  'miniapp-removed': {
    title: '小程序被删除',
    message: '{miniapp} 已不存在；小程序永不删除，以保证其 ID 和历史始终有意义',
    hint: '请恢复该文件夹。要停止服务：npx miniapp disable {miniapp}',
  },
  'miniapp-id-used': {
    title: '用过的 ID',
    message: '{miniapp} 曾是另一个小程序的 ID；ID 不会重复使用',
    hint: '请用 npx miniapp create 生成新的 ID。',
  },
  'create-without-admin': {
    title: '新小程序缺少创建者',
    message: '{actor} 创建了 {miniapp}，却不是它的管理员',
    hint: '请在其 members.yaml 中加入 {actor}，角色为 admin。尚不在 people/ 中的人须先由所有者添加：npx miniapp person add。',
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
    title: '同一版本一次执行了两个操作',
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
  'beginning-apart': {
    title: '历史被重新起头',
    message: '这次合并带来了 {other}：它是本平台的提交，却不在现在的第一个提交 {first} 之后；其中的一切都不再被复核',
    hint: '把分支退回到合并之前：若那是分支的末端，git reset --hard {other}，再 git push --force；其余值得保留的内容作为新的变更提交',
  },
  'beginning-unclear': {
    title: '由多个提交组成的搭建过程，或先前的历史',
    message:
      '这次合并连同一串提交（至 {other}）带来了配置，其中 {count} 个被策略拒绝；从它们本身看不出是平台的搭建过程，还是历史被重新起头之前的内容',
    hint: '请查看：git log --first-parent {other}。若是平台的搭建过程，由平台所有者在 acknowledged 中认可此次合并；否则把分支退回到 {other}',
  },
  'owner-last': {
    title: '没有平台所有者',
    message: '此变更之后平台将没有所有者',
    hint: '请先让其他人成为所有者。',
  },
};
