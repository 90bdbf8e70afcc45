/** What stands on the way to users for each step: its words, and whether it is done. */
import { fill, type Language } from '#core/problems/messages.ts';
import { words } from '../../i18n/index.ts';
import type { Journey } from './view-model.ts';

interface ShownStep {
  readonly label: string;
  /** Said to those who do not see its tone. */
  readonly state: string;
  readonly tone: 'done' | 'stopped' | 'current' | 'missing';
  readonly isCurrent: boolean;
}

/** In their order; the first that is not done is the current one. */
export function stepsIn(language: Language, { steps, delivered, rolledOut }: Journey): ShownStep[] {
  const { journey } = words[language];
  const current = steps.findIndex(({ isDone }) => !isDone);
  const isPart = delivered.some(({ regions, of }) => regions.length < of);
  return steps.map(({ step, isDone, isStopped }, index) => {
    const name = isStopped ? journey.stopped[step as keyof typeof journey.stopped] : journey.steps[step];
    const isRolledOut = step === 'online' && !isDone && rolledOut !== undefined;
    const isInPart = step === 'delivered' && isPart;
    return {
      label: isRolledOut ? fill(journey.rolledOut, { percent: rolledOut }) : isInPart ? journey.inPart : name,
      state: isDone ? journey.done : isStopped ? journey.isStopped : journey.missing,
      tone: isDone ? 'done' : isStopped ? 'stopped' : index === current ? 'current' : 'missing',
      isCurrent: index === current,
    };
  });
}
