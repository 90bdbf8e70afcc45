/** Calls of clients, and of what makes clients or sets them up: libraries that call servers (`known/clients.ts`). */
import { placeOf } from './call-forms.ts';
import type { Evaluator } from './evaluate/evaluator.ts';
import { BASES, CALLS, CLIENT_FACTORIES, METHODS } from './known/clients.ts';
import type { Recorder } from './recorder.ts';
import type { Scope } from './scope.ts';
import { isOpen, isOpenAddress, listed } from './settings.ts';
import type { Syntax } from './syntax.ts';
import type { Value } from './value.ts';

export class Clients {
  readonly #evaluator: Evaluator;
  readonly #recorder: Recorder;

  constructor(evaluator: Evaluator, recorder: Recorder) {
    this.#evaluator = evaluator;
    this.#recorder = recorder;
  }

  /** `fetch(url)`, `axios(settings)`, `axios.get(url)`, and what `axios.create` made. */
  call(
    { base }: Extract<Value, { kind: 'client' }>,
    name: string,
    method: string | undefined,
    [first]: readonly Syntax[],
    scope: Scope,
  ): void {
    if (!first) return;
    const isCall =
      !CLIENT_FACTORIES.has(method ?? name) && (method === undefined || CALLS.has(method) || METHODS.has(method));
    // Making a client, or setting one up, says where it leads, though it calls nothing yet.
    if (!isCall) return this.bases(first, scope, true);
    const values = this.#evaluator.valuesOf({ node: first, scope }).flatMap((value) => {
      if (value.kind !== 'map') return [value];
      const inside = ['url', 'baseURL'].flatMap((key) => this.#evaluator.memberOf(value, key));
      return inside.flatMap((one) => listed(this.#evaluator, one));
    });
    if (base) this.#recorder.certain('request', [base], first, 'configuration');
    const place = placeOf(first, ['url']) ?? first;
    this.#recorder.certain('request', values, place);
    // What is relative leads where the client's base leads, and a path of what is unknown too.
    if (!base && isOpen(values)) this.#recorder.open('request', place);
  }

  /** Settings that say where what is relative leads; where they are those of a known client, what is unknown is told. */
  bases(settings: Syntax, scope: Scope, isKnown = false): void {
    if (settings.type !== 'ObjectExpression' && settings.type !== 'Identifier') return;
    const maps = this.#evaluator.nearbyValuesOf({ node: settings, scope }).filter(({ kind }) => kind === 'map');
    for (const key of maps.length > 0 ? BASES : []) {
      const bases = maps.flatMap((value) => this.#evaluator.memberOf(value, key));
      this.base(bases, settings, isKnown);
    }
  }

  base(bases: readonly Value[], place: Syntax, isKnown: boolean): void {
    this.#recorder.certain('request', bases, place, 'configuration');
    if (isKnown && bases.some(isOpenAddress)) this.#recorder.open('request', place);
  }
}
