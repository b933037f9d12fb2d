import type { RejectionDetails } from '../../../shared/contract/rejections.ts';
import type { Context } from '../context.ts';
import { userById } from './rows.ts';

type Why = RejectionDetails['approval-needed']['why'];

/**
 * Stops a command that needs a supervisor's yes and has none: the caller is a cashier and nobody approved. The door
 * has made sure that an approver is of the office and approved this very input.
 */
export function needsSupervisor(ctx: Context, why: Why): void {
  const actor = userById(ctx.sql, ctx.actor ?? 0);
  if (ctx.approver === null && actor?.role === 'cashier') ctx.reject('approval-needed', { why });
}
