/** What an upload refuses of a package: names that no store takes, and secrets. */
import { Findings } from '../project/finding.ts';
import { LIMITS } from '../project/limits.ts';
import { readBytes } from '../project/content.ts';
import type { Project, Read } from '../project/read-project.ts';
import { ownFile, refusedContent, refusedName } from './names.ts';
import { refuseSecrets } from './secrets.ts';

/** A project that was read, or why it cannot be kept. `allowed`: paths of files whose secrets are none. */
export function refuseUnfit(read: Read, allowed: ReadonlySet<string>): Read {
  const { project } = read;
  if (!project) return read;
  const findings = read.findings.copy();
  refuseNames(project, findings);
  refuseSecrets(project.files, project.content, withoutDot(allowed), findings);
  return findings.hasErrors ? { findings } : read;
}

const withoutDot = (paths: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...paths].map((path) => path.replace(/^(?:\.\/)+/, '').normalize('NFC')));

function refuseNames({ files, content }: Project, findings: Findings): void {
  for (const path of files.keys()) {
    const why = refusedName(path) ?? refusedOwnFile(path, files.get(path)!.bytes, content);
    if (why !== undefined) findings.add('package-name', path, { name: path, why });
  }
}

/** Why Git does not take the content of a file that it reads itself. */
export function refusedOwnFile(path: string, bytes: number, content: Project['content']): string | undefined {
  const own = ownFile(path);
  if (own === undefined) return undefined;
  if (bytes > LIMITS.source) return `it has ${bytes} bytes, and Git reads it itself`;
  return refusedContent(own, Buffer.from(readBytes(content, path, LIMITS.source)).toString('utf8'));
}
