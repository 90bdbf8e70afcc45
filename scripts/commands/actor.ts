/** Who acts. */
import { gitText } from '../git/run.ts';
import { text, UsageError, type Input, type Io } from './command.ts';

/** `--actor`, else what Git is configured with. `path`: the configuration's folder. */
export async function actorOf(input: Input, _io: Io, path: string): Promise<string> {
  const given = text(input, 'actor');
  if (given !== undefined && given !== '') return given;
  const configured = configuredUser(path);
  if (configured !== '') return configured;
  throw new UsageError('--actor is missing: who makes the change? (git config github.user LOGIN sets it once)');
}

function configuredUser(path: string): string {
  try {
    return gitText(path, ['config', '--default', '', '--get', 'github.user']);
  } catch (error) {
    // Where Git is not installed nothing is configured.
    if (error instanceof UsageError) return '';
    throw error;
  }
}
