/** What the API's object, and what stands below it, has under a key. */
import { ANY_API, isApiName, LOADING } from '../known/apis.ts';
import { ANY, type AccessStep } from '../scope.ts';
import { UNKNOWN, type Value } from '../value.ts';

/** What stands under a key of the globals or of the API's object. `hosts`: names by which code calls the API's object. */
export function ofHost(
  host: Extract<Value, { kind: 'host' }>,
  step: AccessStep,
  hosts: ReadonlySet<string>,
): readonly Value[] {
  if (step === ANY) return [host.of === 'globals' ? UNKNOWN : { kind: 'api', name: ANY_API }];
  const name = String(step);
  if (hosts.has(name)) return [{ kind: 'host', of: 'vendor' }];
  if (step === 'default') return [host];
  if (host.of === 'globals') return [name === 'fetch' ? { kind: 'client' } : UNKNOWN];
  return isApiName(name) ? [{ kind: 'api', name }] : [UNKNOWN];
}

/** `ty.device.openTimerPage`: what kits add stands below names of their own. */
export function ofNamespace(api: Extract<Value, { kind: 'api' }>, step: AccessStep): readonly Value[] {
  const { name } = api;
  if (name === ANY_API) return [api];
  const isNamespace = !LOADING.has(name) && !name.includes('.');
  const below = step === ANY ? ANY_API : String(step);
  const isApi = isNamespace && (step === ANY || isApiName(below));
  return isApi ? [{ kind: 'api', name: `${name}.${below}` }] : [UNKNOWN];
}
