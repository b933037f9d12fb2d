import { useEffect, useState } from 'react';
import type { Problem } from '../../engine/problem.ts';

/** Seconds left before another try is taken, counted down on the screen; 0 when none has to be waited for. */
export function useWait(problem: Problem | undefined): number {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const waitMs = problem?.kind === 'rejected' ? Number(problem.details.waitMs ?? 0) : 0;
    setNow(Date.now());
    setUntil(waitMs > 0 ? Date.now() + waitMs : 0);
  }, [problem]);
  const left = Math.max(0, Math.ceil((until - now) / 1000));
  useEffect(() => {
    if (left === 0) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [left]);
  return left;
}
