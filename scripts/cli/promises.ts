/** The option by which a step brings the promises up to date that it would break. */
import type { Input, Options } from './command.ts';

export const UPDATE: Options = {
  'update-scenarios': { type: 'boolean', describe: 'promises that this step breaks expect what opens from then on' },
};

export const keepsPromises = (input: Input): boolean => input.values['update-scenarios'] !== true;
