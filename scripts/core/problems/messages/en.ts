/**
 * English: every sentence about a configuration, an outcome or a fix. `{name}` stands for an argument.
 * This file and the folder beside it are all that a translator of a language reads and writes: a file a group of problems.
 * They are the source of the arguments' types; `zh.ts` and its folder have the same keys and the same arguments.
 */
import { changes } from './en/changes.ts';
import { fields } from './en/fields.ts';
import { files } from './en/files.ts';
import { projects } from './en/projects.ts';
import { resolution } from './en/resolution.ts';
import { rules } from './en/rules.ts';
import { tables } from './en/tables.ts';
import type { Sentences } from './sentences.ts';

export const en = {
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
    'write-canonical': 'Write {canonical}',
    'for-example': 'For example {example}',
    'add-person': 'An owner adds them first: npx miniapp person add {actor} --github-id NUMBER --name NAME',
    'ask-who-is-here': '{actor} left on {left}; let somebody else make it.',
    'act-as': '{actor} is {now} here; act under that login.',
  },
  requests: {
    settings: {
      server: 'Developer Platform - Development Settings - Multi-zone Server Domain Name',
      static: 'Developer Platform - Development Settings - Multi-zone Static Resources',
      cloud: 'Developer Platform - Development Settings - Cloud Capability',
    },
    answers: {
      'origin-listed': '{call} may call {origin} in {region}',
      'cloud-listed': 'ty.requestCloud() may call {name}',
      'unknown-miniapp': 'There is no miniapp "{miniapp}"',
      'unknown-region': 'The platform has no region "{region}"; it has {regions}',
      'not-a-url': '"{url}" is no absolute URL, so it names no server',
      'not-https': '"{url}" goes over {scheme}; only https may be called',
      'port-not-allowed': '{origin} has a port; only the one of https, 443, may be called',
      'host-not-allowed': 'No setting can allow it: {why}',
      'origin-not-listed': '{origin} is not listed for {call} in {region}',
      'cloud-not-listed': '{name} is not listed for ty.requestCloud()',
      'not-a-cloud-name': '"{name}" is no name of a cloud API',
    },
    fixes: {
      'find-miniapp': 'List the miniapps and take the id from there',
      'find-region': 'Ask for a region of the platform: {near}',
      'list-origin': 'List {origin} for {call} in {region}: {field} in {file}',
      'list-cloud': 'List {name}: {field} in {file}',
      'use-https': 'Call {url} instead, if the server answers there',
      'use-default-port': 'Let the server answer at {url}, without a port',
      'see-listed': 'See which origins may be called. {hint}',
      'see-cloud': 'See which names are listed; a name has letters, digits, dots, hyphens and underscores',
    },
  },
} as const;

/** What `en` says, in any language. */
export type Messages = Sentences<typeof en>;
