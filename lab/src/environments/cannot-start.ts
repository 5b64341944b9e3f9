/** A condition that the user can mend: its message is the one sentence that they are shown. */
export class CannotStart extends Error {
  override name = 'CannotStart';
}
