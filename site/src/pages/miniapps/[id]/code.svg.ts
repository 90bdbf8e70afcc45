/** The code of a miniapp, one drawing for its pages and for the sheet. */
import { codeOf } from '../../../miniapp-data.ts';
import { ownIds } from '../../../data.ts';
import { svgText } from '../../../features/qr/qr-code.ts';
import { answering, type Params } from '../../../miniapp-file.ts';
import { forEach } from '../../../paths.ts';

export const getStaticPaths = () => forEach(ownIds.filter((id) => codeOf(id)?.code !== undefined));

/** What stands in the file that is asked for. */
export const body = ({ id }: Params) => svgText(codeOf(id!)!.code!);

export const GET = answering(body, 'image/svg+xml');
