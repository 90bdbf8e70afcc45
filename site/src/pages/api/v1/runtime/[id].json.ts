/** What a host app has to know of a miniapp. */
import { ownIds, runtimeText } from '../../../../data.ts';
import { answering, type Params } from '../../../../miniapp-file.ts';
import { forEach } from '../../../../paths.ts';

export const getStaticPaths = () => forEach(ownIds);

/** What stands in the file that is asked for. */
export const body = ({ id }: Params) => runtimeText(id!);

export const GET = answering(body, 'application/json');
