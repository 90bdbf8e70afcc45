/** Whether a change is the one that the name of its run asks for. */
import { expect, test } from 'vitest';
import { isTransitionRequested } from './requested-transition.ts';
import type { TransitionKind } from '../../core/lifecycle/lifecycle.ts';
import { SMART } from '../../fixtures/workspace.ts';

test('a change is requested when the name of its run says exactly it', () => {
  const found = (kind: TransitionKind, version?: string) => [
    { kind, miniapp: SMART, ...(version === undefined ? {} : { version }) },
  ];
  expect(isTransitionRequested(`publish ${SMART} 1.2.0`, found('publish', '1.2.0'))).toBe(true);
  expect(isTransitionRequested(`publish ${SMART} 1.2.0`, found('publish', '1.3.0'))).toBe(false);
  expect(isTransitionRequested(`publish ${SMART} `, found('publish', '1.3.0'))).toBe(false);
  expect(isTransitionRequested(`disable ${SMART} `, found('disable', '1.1.0'))).toBe(true);
  expect(isTransitionRequested(`member ${SMART} `, found('edit-members'))).toBe(true);
  expect(isTransitionRequested(`disable ${SMART}`, [...found('disable'), ...found('edit-members')])).toBe(false);
  const both = [...found('publish', '1.2.0'), ...found('edit-scenarios')];
  expect(isTransitionRequested(`publish ${SMART} 1.2.0 --update-scenarios`, both)).toBe(true);
  expect(isTransitionRequested(`publish ${SMART} 1.2.0 --update-scenarios`, both.slice(0, 1))).toBe(true);
  expect(isTransitionRequested(`publish ${SMART} 1.2.0 --update-scenarios`, both.slice(1))).toBe(false);
  expect(isTransitionRequested(`publish ${SMART} 1.2.0`, both)).toBe(false);
  expect(isTransitionRequested(`scenario ${SMART} add --name x --update-scenarios`, found('edit-scenarios'))).toBe(
    true,
  );
  const started = [...found('start-rollout', '1.3.0'), ...found('edit-scenarios')];
  expect(isTransitionRequested(`start-rollout ${SMART} 1.3.0 --percent 10 --update-scenarios`, started)).toBe(true);
  expect(isTransitionRequested(`start-rollout ${SMART} 1.3.0 --percent 10`, started)).toBe(false);
  expect(isTransitionRequested(`start-rollout ${SMART} 1.2.0 --percent 10`, found('start-rollout', '1.3.0'))).toBe(
    false,
  );
  expect(isTransitionRequested(`widen-rollout ${SMART} --percent 50`, found('widen-rollout', '1.3.0'))).toBe(true);
  expect(isTransitionRequested(`widen-rollout ${SMART} 1.3.0 --percent 50`, found('widen-rollout', '1.3.0'))).toBe(
    true,
  );
  expect(isTransitionRequested(`widen-rollout ${SMART} 1.2.0 --percent 50`, found('widen-rollout', '1.3.0'))).toBe(
    false,
  );
  expect(isTransitionRequested(`stop-rollout ${SMART}`, found('stop-rollout', '1.3.0'))).toBe(true);
  expect(isTransitionRequested(`stop-rollout ${SMART}`, found('publish', '1.3.0'))).toBe(false);
  expect(isTransitionRequested(`archive ${SMART}`, found('edit-basics'))).toBe(true);
  expect(isTransitionRequested('', [])).toBe(false);
});
