/** Plans of trouble as JSON has them: `times` may be the text `always`, which JSON has no number for. */
import type { FaultPlan, PendingPlan } from '../../simulator/index.js'

/** What the plan says is judged by the simulator. */
export function planOfJson(plan: unknown): FaultPlan {
  if (typeof plan !== 'object' || plan === null || Array.isArray(plan)) return plan as FaultPlan
  return ('times' in plan && plan.times === 'always' ? { ...plan, times: Infinity } : plan) as FaultPlan
}

/** A pending plan for the page. */
export function shownPlan({ plan, left }: PendingPlan): {
  plan: Record<string, unknown>
  left: number | null
} {
  return {
    plan: { ...plan, ...(plan.times === Infinity ? { times: 'always' } : {}) },
    left: left === Infinity ? null : left,
  }
}
