/**
 * The actions that workflows may use, each at one commit: a closed list, so that an unknown, archived, misspelt or moved action is
 * found without asking anybody. The commits were read on 2026-11-23 from the actions' own tags (where our copy had them) and from
 * workflows that independent projects pin; two at least had to agree.
 */
export interface KnownAction {
  readonly version: string;
  readonly commit: string;
  /** Who else says that this commit is this version. */
  readonly seenIn: readonly string[];
}

export const KNOWN_ACTIONS: Readonly<Record<string, KnownAction>> = {
  'actions/checkout': {
    version: 'v7.0.1',
    commit: '3d3c42e5aac5ba805825da76410c181273ba90b1',
    seenIn: ['its tag v7.0.1', 'rust-lang/team', 'zizmorcore/zizmor', 'sigstore/root-signing', 'astral-sh/ruff'],
  },
  'actions/create-github-app-token': {
    version: 'v3.2.0',
    commit: 'bcd2ba49218906704ab6c1aa796996da409d3eb1',
    seenIn: ['rust-lang/team (twice)', 'nine other public repositories that name commit and version'],
  },
  'actions/upload-artifact': {
    version: 'v7.0.1',
    commit: '043fb46d1a93c77aae656e7c1c64a875d1fc6a0a',
    seenIn: ['rust-lang/team', 'zizmorcore/zizmor', 'sigstore/root-signing', 'astral-sh/ruff'],
  },
  'actions/download-artifact': {
    version: 'v8.0.1',
    commit: '3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c',
    seenIn: ['its tag v8.0.1', 'rust-lang/team', 'zizmorcore/zizmor', 'sigstore/root-signing', 'astral-sh/ruff'],
  },
  'actions/upload-pages-artifact': {
    version: 'v5.0.0',
    commit: 'fc324d3547104276b827a68afc52ff2a11cc49c9',
    seenIn: ['its tag v5.0.0', 'rust-lang/team', 'zizmorcore/zizmor'],
  },
  'actions/deploy-pages': {
    version: 'v5.0.0',
    commit: 'cd2ce8fcbc39b97be8ca5fce6e763baed58fa128',
    seenIn: ['its tag v5.0.0', 'rust-lang/team', 'zizmorcore/zizmor', 'sigstore/root-signing'],
  },
  'actions/attest': {
    version: 'v4.2.2',
    commit: '1e69f48acb82d1966a394da916b4c1698aa569d6',
    seenIn: ['its tag v4.2.2', 'zizmorcore/zizmor', 'two other public repositories'],
  },
};
