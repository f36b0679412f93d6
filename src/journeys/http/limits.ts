/** Greatest lengths of free texts, in Unicode code points. */
export const limits = { line: 200, text: 4_000, story: 20_000 } as const;
