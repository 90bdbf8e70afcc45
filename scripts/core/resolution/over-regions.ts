/** One answer for several regions that are answered alike: what it says and what cures it names all of them. */
import { defined } from '../defined.ts';
import type { Args } from '../problems/messages.ts';
import type { Fix, Resolution, TraceStep } from './resolution.ts';

/** The answer to a question about one of the regions, told of all of them. Regions that are answered otherwise must not be among them. */
export function overRegions(resolution: Resolution, regions: readonly string[]): Resolution {
  if (regions.length < 2) return resolution;
  const all = (args: Args): Args => ('region' in args ? { ...args, region: regions.join(', ') } : args);
  const trace = resolution.trace.map(({ reason, ...step }): TraceStep => ({
    ...step,
    args: all(step.args),
    ...defined({ reason: reason ? { ...reason, args: all(reason.args) } : undefined }),
  }));
  if (resolution.outcome === 'opens') {
    const { outcome, version, channel, url } = resolution;
    return { outcome, version, channel, url, trace };
  }
  const { outcome, code, args } = resolution;
  const fix = resolution.fix.map((own): Fix => ({
    ...own,
    args: all(own.args),
    command:
      own.code === 'deliver' ? own.command.replace(/ --region \S+/, ` --region ${regions.join(',')}`) : own.command,
  }));
  return { outcome, code, args: all(args), fix, trace };
}
