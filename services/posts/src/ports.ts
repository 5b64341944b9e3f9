/** What the posts module asks of threads and of users. @throws Unavailable, TooSlow */
export interface ReferencePort {
  exists(id: number): Promise<boolean>;
}
