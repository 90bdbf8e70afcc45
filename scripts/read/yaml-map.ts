/** Maps without a prototype, so that a key such as `constructor` finds nothing that the file does not hold. */
export type Bare = Record<string, unknown>;
export const Bare = function () {} as unknown as new () => Bare;
Bare.prototype = Object.create(null);
