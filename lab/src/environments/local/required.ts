/** The entry of a record. @throws Error naming it when it is not there */
export function required<T>(record: Readonly<Record<string, T>>, name: string): T {
  const found = record[name];
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}
