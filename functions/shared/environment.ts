import * as z from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

export const text = z.string().min(1);
export const positiveCount = z.coerce.number().int().positive();
/** Words with commas between them, at least one. */
export const list = text.transform((words) => words.split(','));

/** @throws Error that names every variable that is missing or malformed. */
export function readEnvironment<Shape extends z.ZodRawShape>(
  shape: Shape,
  environment: Environment,
): z.infer<z.ZodObject<Shape>> {
  const parsed = z.object(shape).safeParse(environment);
  if (!parsed.success)
    throw new Error(`the function's environment is not complete:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
