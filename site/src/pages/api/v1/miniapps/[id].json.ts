/** Everything of one miniapp, for programs. */
import { miniappOf, now, ownIds, packageOf, workspace } from '../../../../data.ts';
import { miniappDocument } from '../../../../features/api/documents.ts';
import { answering, documentText, type Params } from '../../../../miniapp-file.ts';
import { forEach } from '../../../../paths.ts';

export const getStaticPaths = () => forEach(ownIds);

/** What stands in the file that is asked for. */
export const body = ({ id }: Params) => {
  const miniapp = miniappOf(id);
  return documentText(miniappDocument(workspace, miniapp, now, (version) => packageOf(miniapp.id, version)));
};

export const GET = answering(body, 'application/json');
