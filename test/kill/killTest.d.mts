/** Types of the kill test, for those who run a short one. */
export function killTest(options: {
  kills: number
  seed: number
  progress?: (line: string) => void
  interval?: number
  longest?: number
}): Promise<{ kills: number; acknowledged: number; bags: number; stamps: number; problems: string[] }>
