/** An address of an upload with the fields of its form, as the API answers it. */
export interface FormTarget {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Posts a file as the form that an upload asks for. */
export function postForm(
  { url, fields }: FormTarget,
  file: BlobPart,
  { fileName = 'photo.jpg' }: { readonly fileName?: string } = {},
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([file]), fileName);
  return fetch(url, { method: 'POST', body: form });
}
