/** What a miniapp answered in the past, for the what-if form, in files of bounded size; there are none without a history. */
import { ownIds } from '../../../data.ts';
import { pastOf } from '../../../miniapp-data.ts';
import { answering, type Params } from '../../../miniapp-file.ts';

export const getStaticPaths = () =>
  ownIds.flatMap((id) => [...pastOf(id).keys()].map((name) => ({ params: { id, part: name.replace(/\.json$/, '') } })));

/** What stands in the file that is asked for. */
export const body = ({ id, part }: Params) => JSON.stringify(pastOf(id!).get(`${part}.json`));

export const GET = answering(body, 'application/json');
