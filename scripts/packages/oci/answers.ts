/** What a registry answers, when that is not what was asked for. */
import { DeniedError, StoreError } from '../store.ts';
import { readText, shown, type HttpAnswer } from './http.ts';

/** Bytes of an explanation. */
const MOST = 1024 ** 2;

/** Nothing, of an answer that is not read. */
export function dropped(answer: HttpAnswer): undefined {
  answer.drop();
}

/** An answer with one of these statuses. Throws StoreError for any other. */
export function expect(answer: HttpAnswer, ...statuses: readonly number[]): HttpAnswer {
  if (statuses.includes(answer.status)) return answer;
  answer.drop();
  const Failure = answer.status === 403 ? DeniedError : StoreError;
  throw new Failure(`${shown(answer.url)} answers ${answer.status}${WORDS[answer.status] ?? ''}`);
}

const WORDS: Readonly<Record<number, string>> = {
  403: ': it does not let us',
  429: ': it takes no more requests for now',
};

/** The same, with the codes that the registry gives for a no (distribution-spec, "Error Codes"). */
export async function explained(answer: HttpAnswer, ...statuses: readonly number[]): Promise<void> {
  if (statuses.includes(answer.status)) return answer.drop();
  const text = await readText(answer, MOST).catch(() => '');
  const codes = Array.from(text.matchAll(/"code"\s*:\s*"([A-Z_]{1,60})"/g), ([, code]) => code);
  const words = codes.length > 0 ? ` ${codes.join(', ')}` : (WORDS[answer.status] ?? '');
  throw new StoreError(`${shown(answer.url)} answers ${answer.status}${words}`);
}
