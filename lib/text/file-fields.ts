/** What a file says of itself: the texts of it that are searched. */
export const FILE_FIELDS = ['name', 'keyword', 'title', 'description'] as const;
export type FileField = (typeof FILE_FIELDS)[number];
