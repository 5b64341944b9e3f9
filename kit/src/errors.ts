/** What can go wrong in the domain or on the way to it. `problem.ts` turns each into an HTTP answer. */
export class DomainError extends Error {
  override name = this.constructor.name;
}

/** The thing asked for does not exist. */
export class NotFound extends DomainError {}
/** The write contradicts what is stored, a duplicate username for example. */
export class Conflict extends DomainError {}
/** The write names something that does not exist, or reuses a key for another request. */
export class Unprocessable extends DomainError {}
/** The input does not have the form that the contract asks for. */
export class Malformed extends DomainError {}
/** The body is not `application/json` in UTF-8. */
export class UnsupportedMediaType extends DomainError {}
/** The body is larger than the limit. */
export class PayloadTooLarge extends DomainError {}
/** A dependency is down, or load is shed: worth another try after `Retry-After`. */
export class Unavailable extends DomainError {}
/** A dependency did not answer in time. */
export class TooSlow extends DomainError {}
