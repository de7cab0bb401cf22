import type { ValidateFunction } from 'ajv';
import type { Operation } from './contract.ts';

/**
 * Throws when a response does not match the contract. For tests, so that a host that differs from its
 * contract fails them.
 */
export async function checkResponse(operation: Operation, response: Response): Promise<void> {
  const validate = operation.validateResponse(response.status);
  if (validate === undefined)
    throw mismatch(operation, response, 'is a status that the contract does not have');
  if (validate === null) return;
  const body: unknown = await response.clone().json();
  if (!validate(body))
    throw mismatch(
      operation,
      response,
      `${validate.errors?.[0]?.instancePath} ${validate.errors?.[0]?.message}`,
    );
}

function mismatch({ id }: Operation, { status }: Response, what: string): Error {
  return new Error(`The answer of ${id} (${status}) breaks the contract: ${what}.`);
}

/** Throws when a problem response does not match the contract's schema of problems. */
export async function checkProblem(validate: ValidateFunction, response: Response): Promise<void> {
  const body: unknown = await response.clone().json();
  if (validate(body)) return;
  const [error] = validate.errors ?? [];
  throw new Error(
    `A problem breaks the contract: ${error?.instancePath} ${error?.message}: ${JSON.stringify(body)}`,
  );
}
