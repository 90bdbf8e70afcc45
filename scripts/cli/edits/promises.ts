/** The option by which a step brings the promises up to date that it would break. */
import type { Input, Options } from '../frame/command.ts';

export const UPDATE: Options = {
  'update-scenarios': { type: 'boolean', describe: 'promises that this step breaks expect what opens from then on' },
};

/** Whether scenarios that the step would break refuse it: true unless `--update-scenarios` is given. */
export const keepsPromises = (input: Input): boolean => input.values['update-scenarios'] !== true;
