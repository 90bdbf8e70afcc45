/** What an event of GitHub's is read for: where to look, and nothing else. */
import { describe, expect, test } from 'vitest';
import { SHA } from '../fixtures/evaluated-pull-request.ts';
import { eventTarget } from './webhook-event.ts';

describe('an event only says where to look', () => {
  test.each<[string, unknown, unknown]>([
    ['pull_request_target', { pull_request: { number: 3 } }, { numbers: [3], heads: [] }],
    ['pull_request_target', { pull_request: { number: '3; rm' } }, { numbers: [], heads: [] }],
    ['pull_request_target', null, { numbers: [], heads: [] }],
    [
      'workflow_run',
      { workflow_run: { head_sha: SHA, pull_requests: [{ number: 4 }] } },
      { numbers: [4], heads: [SHA] },
    ],
    ['workflow_run', { workflow_run: { head_sha: '--upload-pack=x', pull_requests: 'x' } }, { numbers: [], heads: [] }],
    [
      'workflow_run',
      {
        workflow_run: {
          head_sha: SHA,
          head_branch: 'main',
          head_repository: { full_name: 'eve/x' },
          pull_requests: [],
        },
      },
      { numbers: [], heads: [SHA], branches: [{ repository: 'eve/x', ref: 'main' }] },
    ],
    ['workflow_run', { workflow_run: { head_branch: 7, head_repository: null } }, { numbers: [], heads: [] }],
    [
      'pull_request',
      { pull_request: { number: 3, head: { ref: 'change', repo: { full_name: 'eve/x' } } } },
      { numbers: [3], heads: [], branches: [{ repository: 'eve/x', ref: 'change' }] },
    ],
    ['pull_request', { pull_request: { number: 3, head: { ref: 'change', repo: null } } }, { numbers: [3], heads: [] }],
    ['workflow_dispatch', { inputs: { pull_request: '12' } }, { numbers: [12], heads: [] }],
    ['workflow_dispatch', { inputs: { pull_request: '12 ' } }, { numbers: [], heads: [] }],
    ['schedule', {}, { numbers: [], heads: [] }],
    ['push', { pull_request: { number: 3 } }, { numbers: [], heads: [] }],
  ])('%s %j', (name, payload, hint) => expect(eventTarget(name, payload)).toEqual(hint));
});
