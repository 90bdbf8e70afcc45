/** Resolutions in words: the view of what `resolve` found, in any language of the catalogue. */
import { fill } from '../problems/fill.ts';
import { changesPromises, dependsOnWidth, type TransitionKind } from '../lifecycle/lifecycle.ts';
import { listText } from '../problems/list-text.ts';
import type { Language } from '../problems/messages.ts';
import { resolutionMessages as messages } from '../problems/resolution-messages.ts';
import type { Fix, Resolution, TraceStep } from './resolve.ts';

/** The sentence for the person holding the phone; empty when a version opens. */
export const outcomeMessage = (resolution: Resolution, language: Language = 'en'): string =>
  resolution.outcome === 'opens' ? '' : fill(messages[language].outcomes[resolution.code].message, resolution.args);

/** What to do about an answer, as a sentence, and what that breaks of what was promised. */
export function fixText({ code, args, breaks }: Fix, language: Language = 'en'): string {
  const { fixes, andBreaks } = messages[language];
  const text = fill(fixes[code], args);
  return breaks ? fill(andBreaks, { text, breaks: brokenText(language, breaks) }) : text;
}

/** What a change breaks of what was promised, and how that changes, in two sentences. `names`: those of the promises. */
export function brokenText(
  language: Language,
  { by, names }: { readonly by: TransitionKind | 'push-package'; readonly names: readonly string[] },
): string {
  const { promises } = messages[language];
  const isChanged = by === 'push-package' || changesPromises({ kind: by });
  const isByWidth = by !== 'push-package' && dependsOnWidth({ kind: by });
  const sentence = isByWidth ? promises.wide : isChanged ? promises.changed : promises.first;
  const quoted = names.map((name) => `“${name}”`);
  return fill(sentence, { names: listText(quoted, language) });
}

/** What a step of the trace found. */
export function traceText(step: TraceStep, language: Language = 'en'): string {
  const { reasons, trace } = messages[language];
  const reason = step.reason ? fill(reasons[step.reason.code], step.reason.args) : '';
  return fill(trace[step.rule][step.applies ? 'yes' : 'no'], { ...step.args, delivery: reason, reason });
}

/** The resolution as the contract's JSON has it. */
export function resolutionJson(resolution: Resolution, language: Language = 'en') {
  const trace = resolution.trace.map((step) => ({
    rule: step.rule,
    applies: step.applies,
    text: traceText(step, language),
  }));
  if (resolution.outcome === 'opens') {
    const { outcome, version, channel, url } = resolution;
    return { outcome, version, channel, url, trace };
  }
  const { outcome, code } = resolution;
  const fix = resolution.fix.map((one) => ({ text: fixText(one, language), command: one.command }));
  return { outcome, code, message: outcomeMessage(resolution, language), fix, trace };
}
