/** English: what is said of a change: which step it is, and whether it may be. */
export const changes = {
  'merge-conflict': {
    title: 'Does not merge cleanly',
    message: '{file} was changed on both sides, and Git cannot merge it',
    hint: 'Bring your branch up to date: {command}, and resolve the conflict.',
  },
  'change-too-large': {
    title: 'A change of too many files',
    message: 'more than {most} files are changed, {file} among them, or its folders unfold to more; that is not judged',
    hint: 'Remove what does not belong in it, or split it into several pull requests.',
  },
  'file-moved': {
    title: 'Lands in another file',
    message:
      'Git takes {to} for {from} under another name, so merging would change {to} by what was made elsewhere and nobody looked at here',
    hint: 'The file moved on {base}: begin the branch anew from there ({command}), and make the change where it is meant.',
  },
  'history-unrelated': {
    title: 'A history of its own',
    message:
      'the branch brings commits that have no history in common with {base}, or only what was before the platform began; merged, the history would be begun anew',
    hint: 'Leave them out: begin a branch from the newest {base} ({command}), and make the change there.',
  },
  'folder-moved': {
    title: 'From before the folder moved',
    message:
      'the branch comes from before the configuration moved from {from} to {to} on {base}; what it changes in {from} has no place there any more',
    hint: 'Begin a branch from the newest {base} ({command}), and make the change again, in {to}.',
  },
  'merges-too-many': {
    title: 'A branch of too many merges',
    message: 'the branch holds more than {most} merges, which may have moved anything; that is not judged',
    hint: 'Make one commit of it on {base} as it is now: {command}, or git merge --squash on a new branch.',
  },
  'change-mixed': {
    title: 'Configuration together with code',
    message: '{file} is changed together with config/, which is judged by what stands there now',
    hint: 'Make two pull requests, one for config/ and one for the rest.',
  },
  'version-altered': {
    title: 'An uploaded version altered',
    message: '{field} of {version} is changed; what was uploaded never changes, only its review does',
    hint: 'Restore the file, and upload a new version instead.',
  },
  'version-born-reviewed': {
    title: 'A version that begins with a review',
    message: '{version} is new and already {status}',
    hint: 'Upload it without review, or with the review status pending, submitted by you.',
  },
  'version-not-higher': {
    title: 'A version number that is not higher',
    message: '{version} is not higher than {highest}, which was uploaded before',
    hint: 'Give it a number above {highest}, also when that one was deleted.',
  },
  'step-unknown': {
    title: 'A step that a review does not take',
    message: '{version} goes from {from} to {to}, which is no step of a review',
    hint: 'From {from} it may go: {allowed}',
  },
  'release-unexplained': {
    title: 'A release that no step gives',
    message: '{field} is {actual}, which no step gives; after the steps of this change it would be {expected}',
    hint: 'Let npx miniapp publish, rollback, enable, disable or experience write it.',
  },
  'rollout-narrowed': {
    title: 'A rollout that takes something back',
    message: '{field} of the rollout of {version} goes from {from} to {to}; a rollout only widens',
    hint: 'Stop it, then start it again as it is to be: npx miniapp rollout stop {miniapp}',
  },
  'rollout-alone': {
    title: 'A rollout without an online version',
    message: '{version} is rolled out, and nothing is online that the others get',
    hint: 'Publish it instead: the first version goes to everybody. Or remove rollout.',
  },
  'rollout-reaches-nobody': {
    title: 'A rollout that reaches nobody',
    message: 'nobody gets {version}: the miniapp is not delivered to any app and region that the rollout covers',
    hint: 'Name apps and regions where the miniapp is delivered, or deliver it there: npx miniapp trafficking add {miniapp} --app {app} --region {region}',
  },
  'rollout-percent': {
    title: 'A share finer than accounts are divided',
    message: '{percent} percent has more than two decimals',
    hint: 'Write {rounded}',
  },
  'release-sequence': {
    title: 'A sequence that does not follow',
    message:
      'sequence was {before} and is {actual}; by what this change alters of what is served ({why}) it must be {expected}',
    hint: 'Devices go by it: each change of what is served raises it by one, and nothing else does. npx miniapp publish, rollback, rollout, enable and disable write it. Where another change came first, take the step again.',
  },
  'delete-refused': {
    title: 'A version that cannot be deleted',
    message: '{version} is {what}; only a development version that is not the experience version can be deleted',
    hint: 'Restore the file.',
  },
  'miniapp-removed': {
    title: 'A miniapp removed',
    message: '{miniapp} is gone; a miniapp is never deleted, so that its id and history keep their meaning',
    hint: 'Restore the folder. To stop its service: npx miniapp disable {miniapp}',
  },
  'miniapp-id-used': {
    title: 'An id that was used before',
    message: '{miniapp} was the id of a miniapp before; ids are never used again',
    hint: 'Let npx miniapp create give you a new one.',
  },
  'create-without-admin': {
    title: 'A new miniapp without its creator',
    message: '{actor} creates {miniapp} and is no admin of it',
    hint: 'Add {actor} with role: admin to its members.yaml. Who is not in people/ yet is added by an owner first: npx miniapp person add.',
  },
  'create-released': {
    title: 'A new miniapp that is already released',
    message: '{miniapp} is new and has {what}',
    hint: 'Create it first; submit and publish afterwards.',
  },
  'type-changed': {
    title: 'Type changed',
    message: 'the type goes from {before} to {after}; it never changes',
    hint: 'Restore it, and create another miniapp for the other type.',
  },
  'stamp-wrong': {
    title: 'Signed by somebody else',
    message: '{field} is {actual}; it must be {expected}',
    hint: 'Write {expected}, or let that person do it.',
  },
  'actor-unknown': {
    title: 'Somebody who is not in people/',
    message: '{actor} is not in people/ of the base branch, or has left',
    hint: 'Changes are made by people of the platform. {next}',
  },
  'actor-not-allowed': {
    title: 'Not allowed',
    message: '{actor} may not {what}; that is for {roles}',
    hint: 'Ask one of them to do or approve it: {holders}',
  },
  'two-steps': {
    title: 'Two steps of one version at once',
    message: '{version} takes the steps {first} and {second} in one change',
    hint: 'Make a change of its own for each.',
  },
  'auto-approve-refused': {
    title: 'Not approved automatically',
    message: '{version} cannot be approved automatically: {why}',
    hint: 'Let a reviewer approve it.',
  },
  'step-not-now': {
    title: 'A step that is not possible now',
    message: 'the step {step} is not possible: {state}',
    hint: 'Possible now: {possible}',
  },
  'already-there': {
    title: 'Something of that name is there already',
    message: 'the {kind} {name} is there already, and says something else',
    hint: 'To change it: {command}',
  },
  'people-removed': {
    title: 'Many people removed at once',
    message: '{count} of {total} people are removed or become other accounts, more than a fifth',
    hint: 'Do it in several changes, so that each is looked at.',
  },
  'beginning-added': {
    title: 'A beginning that comes too late',
    message:
      'beginning is set where a configuration stands already; what happened before it would never be judged again',
    hint: 'Remove the line. Only the first commit of a platform of its own sets it, made on the default branch: npx miniapp init --commit',
  },
  'beginning-changed': {
    title: 'The beginning never changes',
    message:
      'beginning was {before}; the audit counts from the commit that brought it, so it never changes and is never removed',
    hint: 'Write beginning: {before} again.',
  },
  'beginning-apart': {
    title: 'A history that was begun anew',
    message:
      'this merge brings {other}, a commit of this platform that does not come after {first}, with which its history begins now; nothing of it is judged any more',
    hint: 'Put the branch back to where it was before the merge: git reset --hard {other} where that was its tip, then git push --force. What is good of the rest comes again as changes of its own.',
  },
  'beginning-unclear': {
    title: 'A set-up of several commits, or what was before',
    message:
      'this merge brought the configuration with a line of commits of its own, up to {other}, and policy refuses {count} of them; nothing in them shows whether they set the platform up, or are what it was before its history was begun anew',
    hint: 'Look at them: git log --first-parent {other}. Where they set the platform up, an owner acknowledges this merge; else put the branch back to {other}.',
  },
  'owner-last': {
    title: 'No owner left',
    message: 'after this change nobody is an owner of the platform',
    hint: 'Make somebody else an owner first.',
  },
} as const;
