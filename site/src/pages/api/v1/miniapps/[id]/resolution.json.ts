/** What a miniapp answers in each app and region, and why, for programs. */
import { factsOf } from '../../../../../miniapp-data.ts';
import { ownIds, workspace } from '../../../../../data.ts';
import { resolutionDocument } from '../../../../../features/api/resolution-document.ts';
import { answering, documentText, type Params } from '../../../../../miniapp-file.ts';
import { forEach } from '../../../../../paths.ts';

export const getStaticPaths = () => forEach(ownIds);

/** What stands in the file that is asked for. */
export const body = ({ id }: Params) => {
  const { miniapp, answers, reasons } = factsOf(id!);
  return documentText(resolutionDocument(workspace, miniapp, answers, reasons));
};

export const GET = answering(body, 'application/json');
