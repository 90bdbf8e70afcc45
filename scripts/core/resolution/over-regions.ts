/** One answer for several regions that are answered alike: what it says and what cures it names all of them. */
import { defined } from '../defined.ts';
import type { Args } from '../problems/messages.ts';
import type { Fix, Resolution, TraceStep } from './resolution.ts';

/** What is answered in one of the regions, told of all of them; each must be answered alike. Not of none. */
export function overRegions(answerIn: (region: string) => Resolution, regions: readonly string[]): Resolution {
  const resolution = answerIn(regions[0]!);
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
  const fix = resolution.fix.map((own, i): Fix => {
    if (own.code !== 'deliver') return { ...own, args: all(own.args) };
    // What it breaks in one region the command for all of them changes.
    const broken = regions
      .map(answerIn)
      .flatMap((one) => (one.outcome === 'error' ? (one.fix[i] ?? []) : []))
      .filter((one) => one.breaks);
    const [first = own] = broken;
    const names = [...new Set(broken.flatMap(({ breaks }) => breaks?.names ?? []))];
    return {
      ...first,
      args: all(own.args),
      command: first.command.replace(/ --region \S+/, ` --region ${regions.join(',')}`),
      ...defined({ breaks: first.breaks && { ...first.breaks, names } }),
    };
  });
  return { outcome, code, args: all(args), fix, trace };
}
