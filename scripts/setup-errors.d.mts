/** The cause and the next step in one sentence, with the lines of `output` that say why; `otherwise` where no known cause is in it. */
export function explain(output: string, otherwise: string): string;
