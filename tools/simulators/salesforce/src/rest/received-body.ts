import type { Upload } from '../files/files.ts';

/** What a call brought: its JSON or the fields of its form, and the content of a file. */
export interface RequestBody {
  body: unknown;
  upload: Upload;
}
