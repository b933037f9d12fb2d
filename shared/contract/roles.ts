/** Who may call an entry of the contract. Deny by default: an entry without a matching word is forbidden. */
export const roles = ['admin', 'manager', 'cashier'] as const;
export type Role = (typeof roles)[number];

/**
 * - `setup`: only while no center exists yet
 * - `local`: whoever may open the data folder itself, over the owner-only socket; never a page
 * - `engine`: the engine itself, in the course of a run; nobody else, by whatever way
 * - `anyone`: before signing in, too (what the sign-in screen itself needs)
 * - a list of roles: a live session of one of them
 */
export type Access = 'setup' | 'local' | 'engine' | 'anyone' | readonly Role[];

export const everyRole: readonly Role[] = [...roles];
export const office: readonly Role[] = ['admin', 'manager'];
