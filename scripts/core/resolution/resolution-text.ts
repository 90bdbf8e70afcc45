/** Resolutions in words: the view of what `resolve` found, in any language of the catalogue. */
import { fill } from '../problems/fill.ts';
import type { Language } from '../problems/messages.ts';
import { resolutionMessages as messages } from '../problems/resolution-messages.ts';
import type { Fix, Resolution, TraceStep } from './resolve.ts';

/** The sentence for the person holding the phone; empty when a version opens. */
export const outcomeMessage = (resolution: Resolution, language: Language = 'en'): string =>
  resolution.outcome === 'opens' ? '' : fill(messages[language].outcomes[resolution.code].message, resolution.args);

/** What to do about an answer, as a sentence. */
export const fixText = (fix: Fix, language: Language = 'en'): string =>
  fill(messages[language].fixes[fix.code], fix.args);

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
