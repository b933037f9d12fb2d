/**
 * Choices of one step, drawn from numbers that fast-check makes and shrinks: towards 0, which everywhere stands for the
 * plain and first choice. A step that wants more than it has begins again at the first, a little further on.
 */
export class Dice {
  private readonly faces: readonly number[];
  private thrown = 0;

  constructor(faces: readonly number[]) {
    this.faces = faces;
  }

  /** A whole number from 0, below `limit`. */
  below(limit: number): number {
    const face = this.faces[this.thrown % this.faces.length] ?? 0;
    const round = Math.floor(this.thrown / this.faces.length);
    this.thrown += 1;
    return (face + round * 7919) % Math.max(1, Math.floor(limit));
  }

  /** True in so many of a hundred cases; never when everything has shrunk. */
  chance(percent: number): boolean {
    return this.below(100) >= 100 - percent;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}
