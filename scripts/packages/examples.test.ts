/** The projects in `examples/` are what the example's versions record, byte by byte: else nobody could compare them. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONFIG, holdsExample } from '../fixtures/example.ts';
import { factsOf } from '../project/facts.ts';
import { readProject } from '../project/read-project.ts';
import { diskSource } from '../read/disk.ts';
import { load } from '../read/load.ts';

const ID = 'tyl1zebp4z2t6zva09';
const FOLDER = join(import.meta.dirname, '../../examples/festival-lights');
const isThere = holdsExample() && existsSync(FOLDER);
const versions = isThere ? readdirSync(FOLDER) : [];

// A platform of one's own has other miniapps.
test.runIf(isThere)('there are two versions to compare', () => expect(versions.length).toBeGreaterThan(1));

test.each(versions)('%s', (version) => {
  const { workspace } = load(diskSource(CONFIG), { miniapps: [ID] });
  const { project } = readProject(join(FOLDER, version), { shown: version, id: ID });
  expect(workspace.miniapps.get(ID)?.versions.get(version)).toMatchObject({ ...factsOf(project!) });
});
