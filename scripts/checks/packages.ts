/** Advisories of the packages that the lock file pins, as `npm audit` tells them: each is mended, or accepted with its reason. */
import type { AcceptedAdvisory } from './accepted-advisories.ts';
import { command, ROOT } from './shell.ts';

export interface Advisories {
  /** A line for each that nobody accepted. */
  readonly findings: readonly string[];
  /** Why nothing is known, where the registry did not answer. */
  readonly skipped?: string;
}

/** Asks the registry. A mirror that takes no such questions, or no network, is no fault of the packages: it is said. */
export async function auditPackages(accepted: readonly AcceptedAdvisory[], today: string): Promise<Advisories> {
  const { output } = await command('npm audit --json 2>/dev/null', { cwd: ROOT, timeoutSeconds: 120 });
  return readAudit(output, accepted, today);
}

interface Cause {
  readonly url?: string;
  readonly name?: string;
  readonly title?: string;
  readonly severity?: string;
  readonly range?: string;
}

/** What `npm audit --json` says (report version 2): by package, its causes; a cause that is a text names another package. */
export function readAudit(text: string, accepted: readonly AcceptedAdvisory[], today: string): Advisories {
  const report = parsed(text);
  const vulnerabilities = report?.['vulnerabilities'];
  if (typeof vulnerabilities !== 'object' || vulnerabilities === null) {
    const why = typeof report?.['message'] === 'string' ? report['message'] : 'npm audit gave no report';
    return { findings: [], skipped: why };
  }
  const causes = Object.values(vulnerabilities as Record<string, { via?: readonly (Cause | string)[] }>)
    .flatMap(({ via = [] }) => via)
    .filter((cause) => typeof cause !== 'string');
  const byAdvisory = new Map(causes.map((cause) => [idOf(cause), cause]));
  const live = new Set(accepted.filter(({ until }) => until > today).map(({ advisory }) => advisory));
  const open = [...byAdvisory].filter(([id]) => !live.has(id));
  // What is accepted and no longer told is in the way of what comes.
  const stale = accepted.filter(({ advisory }) => !byAdvisory.has(advisory));
  return {
    findings: [
      ...open.map(([id, { name, severity, title, range }]) => `${id} (${severity}) ${name} ${range}: ${title}`),
      ...stale.map((one) => `${one.advisory} of ${one.package} is accepted and no longer reported: remove it`),
    ],
  };
}

const idOf = ({ url = '', title = '' }: Cause): string => /GHSA(?:-[a-z0-9]{4}){3}/.exec(url)?.[0] ?? (url || title);

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
