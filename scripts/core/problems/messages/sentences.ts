/** The shape of sentences in any language: the keys of the English ones, with any texts. */
export type Sentences<T> = { readonly [K in keyof T]: T[K] extends string ? string : Sentences<T[K]> };
